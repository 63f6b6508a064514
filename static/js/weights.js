/** Arithmetic with weights: steps on a grid, expected reps, and sets that are like no other. Touches no page. */

const FINE = 1000; // parts of a unit

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
  const isFar =
    here === null || there === null
      ? Math.abs(place(picked, grid) - place(planned, grid)) > stepsLimit
      : Math.max(here, there) > Math.min(here, there) * retargetLimit;
  return isFar ? null : Math.max(1, whole(reps - cost(planned, picked, grid, kExpect, repsPerStep)));
}

/** Returns the reps lost by going from one weight to another; negative: gained. */
export function cost(from, to, grid, k, repsPerStep) {
  const here = loadMoved(from, grid);
  const there = loadMoved(to, grid);
  if (here !== null && there !== null) return Math.log(there / here) / k;
  return (place(to, grid) - place(from, grid)) * (grid.kind === "assist" ? -repsPerStep : repsPerStep);
}

export const whole = (number) => Math.floor(number + 1e-6);

/**
 * Tells whether a set {weight, reps, rir: null where unsaid} is like nothing in `known`: what was asked and done before,
 * {weight, reps, rir} each. The rule is the one of training/progression/load/showing/odd.py; one table of cases tests both.
 */
export function isOdd(one, known, grid, rules) {
  return one.reps > 0 && known.length > 0 && !known.some((other) => isLike(one, other, grid, rules));
}

function isLike(one, other, grid, { kChoose, kExpect, repsPerStep, odd }) {
  const [here, there] = [loadMoved(one.weight, grid), loadMoved(other.weight, grid)];
  const [least, most] = grid.kind === "load" ? odd.load : odd.bodyLoad;
  const isAsHeavy =
    here === null || there === null
      ? Math.abs(place(one.weight, grid) - place(other.weight, grid)) <= odd.steps
      : there * least <= here && here <= there * most;
  if (!isAsHeavy) return false;
  const gained = -cost(other.weight, one.weight, grid, kExpect, repsPerStep);
  const shown = other.reps + other.rir;
  const expected = Math.max(shown + gained, 1);
  if (one.reps > expected + Math.max(odd.repsAbove, expected * odd.shareAbove)) return false;
  if (one.rir === null && odd.timesBelow * one.reps < other.reps + gained) return false;
  const lost = cost(other.weight, one.weight, grid, kChoose, repsPerStep);
  return one.reps + (one.rir ?? 0) + lost <= shown + odd.capacity + 1e-6;
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
