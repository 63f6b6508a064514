/** Supersets, as training/progression/supersets.py knows them. Loaded where a page has one, or a plan is changed. */

/** Returns the places of the exercises of each superset: at most `most` neighbours with one mark (null: alone). */
export function supersets(marks, most) {
  const found = [];
  marks.forEach((mark, place) => {
    const last = found.at(-1);
    if (mark !== null && last && mark === marks[place - 1] && last.length < most) last.push(place);
    else found.push([place]);
  });
  return found.filter((places) => places.length > 1);
}

/** Returns the place of the exercise whose set comes next; undefined: none is left. `rounds`: of the next set of each,
 * null where none is left; `last`: the place of the exercise that was done last. */
export function turn(rounds, last) {
  const order = rounds.map((_, step) => (last + 1 + step) % rounds.length);
  const left = order.filter((place) => rounds[place] !== null);
  return left.sort((one, other) => rounds[one] - rounds[other])[0];
}
