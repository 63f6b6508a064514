/** Plates on a bar. Touches no page. */

const FINE = 1000; // parts of a unit; in them, sums of plates are whole numbers

/**
 * Returns the plates for one side of a bar: {side: [weights, heaviest first], short: the part of `weight` that is missing}.
 * `plates`: [[weight, pairs]] in any order. Prefers heavy plates. Without an exact way, returns the nearest one below.
 * Null: the bar alone is heavier.
 */
export function plateSides(weight, bar, plates) {
  const wanted = Math.round(((weight - bar) / 2) * FINE);
  if (wanted < 0) return null;
  const stack = plates.flatMap(([each, pairs]) => Array(pairs).fill(Math.round(each * FINE))).sort((one, other) => other - one);
  let best = { side: [], left: wanted };
  let tries = 5000;
  const fill = (from, left, side) => {
    if (left < best.left) best = { side, left };
    for (let place = from; place < stack.length && best.left && tries-- > 0; place++) {
      const isTried = place > from && stack[place] === stack[place - 1];
      if (stack[place] <= left && !isTried) fill(place + 1, left - stack[place], [...side, stack[place]]);
    }
  };
  fill(0, wanted, []);
  return { side: best.side.map((each) => each / FINE), short: (best.left * 2) / FINE };
}

/** Returns the plates to take off and put on each side to get from `was` to `side`: {off: [weights], on: [weights]}. */
export function plateChange(was, side) {
  const on = [...side];
  const off = was.filter((each) => {
    const at = on.indexOf(each);
    if (at >= 0) on.splice(at, 1);
    return at < 0;
  });
  return { off, on };
}
