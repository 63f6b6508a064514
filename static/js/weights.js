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

/** Returns the next harder setting than `weight`; null without one. */
function upSet(weight, grid) {
  const next = nextWeight(weight, grid.kind === "assist" ? -1 : 1, grid);
  return next === weight ? null : next;
}

/**
 * Tells for each of the sets `done` whether it is a record, in their order: [weight, reps, rir: said, else asked; null or NaN: unknown]
 * each. `earlier`: the sets of the sessions before that no other one beats. The rule is `records` of
 * training/progression/frontier.py; one table of cases tests both.
 */
export function records(done, earlier, grid, { kChoose, repsPerStep, creditedRir, testReps }) {
  const isHarder = (weight, than) => (grid.kind === "assist" ? weight < than : weight > than);
  const toFailure = ([, reps, rir]) => reps + Math.min(rir || 0, creditedRir);
  const isKnown = ([, , rir]) => Number.isFinite(rir);
  /** Whether `one` is as hard as `other`, with as many reps: to failure, if the RIR of the set before is known. */
  const reaches = (one, other, before) =>
    !isHarder(other[0], one[0]) && (isKnown(before) ? toFailure(one) >= toFailure(other) : one[1] >= other[1]);
  const isTest = (one) => isKnown(one) && one[2] <= creditedRir && toFailure(one) <= testReps;
  const tests = earlier.filter(isTest);
  const own = [];
  return done.map((one) => {
    if (!(one[1] > 0 && (one[0] > 0 || grid.kind !== "load"))) return false;
    const isNew = ![...own, ...earlier].some((before) => reaches(before, one, before));
    own.push(one);
    const isAbove = (other) => toFailure(one) - toFailure(other) + cost(other[0], one[0], grid, kChoose, repsPerStep) > 1 - 1e-6;
    return isNew && (earlier.some((before) => reaches(one, before, before)) || (isTest(one) && tests.length > 0 && tests.every(isAbove)));
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
  const isFar =
    here === null || there === null
      ? Math.abs(place(picked, grid) - place(planned, grid)) > stepsLimit
      : Math.max(here, there) > Math.min(here, there) * retargetLimit;
  return isFar ? null : Math.max(1, whole(reps - cost(planned, picked, grid, kExpect, repsPerStep)));
}

/** Returns the reps lost by going from one weight to another; negative: gained. */
function cost(from, to, grid, k, repsPerStep) {
  const here = loadMoved(from, grid);
  const there = loadMoved(to, grid);
  if (here !== null && there !== null) return Math.log(there / here) / k;
  return (place(to, grid) - place(from, grid)) * (grid.kind === "assist" ? -repsPerStep : repsPerStep);
}

/**
 * Returns what the sets after the first go for, once its reps in reserve are said: {weight, reps: [of set 2, of set 3...],
 * code: "UP_SET", "DOWN_SET", "REST_OF_SETS", or "" where nothing changes}. `plan`: {weight, reps: [of set 1...], rir, lo,
 * hi, drop, bias}; `first`: {weight, reps, rir}. The rule is `rest_of_session` of training/progression/load/retarget.py;
 * one table of cases tests both.
 */
export function restOfSession({ weight: planned, reps: asked, rir, lo, hi, drop, bias }, first, grid, rules) {
  const within = (number, least, most) => Math.min(Math.max(number, least), most);
  const lost = (from, to) => cost(from, to, grid, rules.kChoose, rules.repsPerStep);
  const { weight, reps } = first;
  const able = reps + within(within(first.rir, 0, rules.creditedRir) - bias, 0, rules.creditedRir) - rir;
  const own = asked.slice(1);
  const at = (other, most) => own.map((_, place) => within(whole(able - lost(weight, other) - drop * (place + 1)), 1, most));
  const [harder, easier] = [upSet(weight, grid), downSet(weight, grid)];
  if (harder !== null && whole(able) > hi + rules.restBeyond && whole(able - lost(weight, harder)) >= lo) {
    return { weight: harder, reps: at(harder, Infinity), code: "UP_SET" };
  }
  if (easier !== null && whole(able) < lo - rules.restBeyond) return { weight: easier, reps: at(easier, hi), code: "DOWN_SET" };
  const moved = own.map((each) => (planned === null ? each : whole(each + lost(weight, planned))));
  const now = at(weight, Infinity).map((each, place) =>
    Math.max(1, within(each, moved[place] - rules.restMost, moved[place] + rules.restMost)),
  );
  return { weight, reps: now, code: now.some((each, place) => each !== own[place]) ? "REST_OF_SETS" : "" };
}

const whole = (number) => Math.floor(number + 1e-6);

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
