/** Arithmetic with weights: steps on a grid, plates on a bar, and expected reps. Touches no page. */

const FINE = 1000; // parts of a unit; in them, sums of plates are whole numbers

/** Parses a grid from the page, with numbers in it; null: the weights are unknown. */
export function gridOf(text) {
  if (!text) return null;
  return JSON.parse(text, (_, value) => (typeof value === "string" && !isNaN(value) ? Number(value) : value));
}

/** Returns the next weight up (`way` 1) or down (-1) on a grid {step, min, explicit: [weights]}, never below its least. */
export function nextWeight(weight, way, { step, min, explicit }) {
  if (explicit.length) {
    const beyond = way > 0 ? explicit.find((each) => each > weight) : explicit.findLast((each) => each < weight);
    return beyond ?? weight;
  }
  const place = (weight - min) / step;
  const next = way > 0 ? Math.floor(place + 1e-6) + 1 : Math.ceil(place - 1e-6) - 1;
  return Math.round((min + Math.max(next, 0) * step) * FINE) / FINE;
}

/** Returns the next easier setting than `weight`, for the sets after one below the rep range; null without one. */
export function downSet(weight, grid) {
  const isAssist = grid.kind === "assist";
  const next = nextWeight(weight, isAssist ? 1 : -1, grid);
  const isEasier = isAssist ? next > weight : next < weight && (next > 0 || grid.kind !== "load");
  return isEasier ? next : null;
}

/** Tells for each of the sets `done` whether it is a record against `earlier` and the sets before it: [weight, reps] each. */
export function records(done, earlier, kind) {
  const best = [...earlier];
  const isBeaten = ([weight, reps]) =>
    best.some(([other, count]) => (kind === "assist" ? other <= weight : other >= weight) && count >= reps);
  return done.map((set) => {
    const showsSomething = set[1] > 0 && (set[0] > 0 || kind !== "load");
    return Boolean(best.length && showsSomething && !isBeaten(set) && best.push(set));
  });
}

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

/**
 * Returns the reps to expect at `picked` where `reps` were planned at `planned`, 1 at least; null: too far away to say.
 * `grid`: {kind: "load" | "added" | "assist", step, explicit: [weights], body}, numbers in one unit; body null: unknown.
 * The last argument has the data of <workout-session>, named as in training/progression/config.py. The rule is the one of
 * training/progression/load/retarget.py; one table of cases tests both.
 */
export function retarget(reps, planned, picked, grid, { kExpect, retargetLimit, stepsLimit, repsPerStep }) {
  if (planned === picked) return reps;
  const here = loadMoved(planned, grid);
  const there = loadMoved(picked, grid);
  if (here === null || there === null) {
    const steps = place(picked, grid) - place(planned, grid);
    if (Math.abs(steps) > stepsLimit) return null;
    return Math.max(1, Math.floor(reps - (grid.kind === "assist" ? -steps : steps) * repsPerStep));
  }
  if (Math.max(here, there) > Math.min(here, there) * retargetLimit) return null;
  return Math.max(1, Math.floor(reps - Math.log(there / here) / kExpect));
}

function loadMoved(weight, { kind, body }) {
  if (kind === "load") return weight;
  if (body === null) return null;
  const load = kind === "added" ? body + weight : body - weight;
  return load > 0 ? load : null;
}

/** Returns a weight's position in steps. In a list, interpolates between entries, and extends the outermost gap beyond. */
function place(weight, { step, explicit }) {
  if (explicit.length === 0) return weight / step;
  if (explicit.length === 1) return Math.sign(weight - explicit[0]);
  const above = explicit.findIndex((each) => each > weight);
  const left = Math.min(Math.max((above < 0 ? explicit.length : above) - 1, 0), explicit.length - 2);
  return left + (weight - explicit[left]) / (explicit[left + 1] - explicit[left]);
}
