/** What logged sets show: records, and the weights that follow from them. Touches no page. */

import { cost, nextWeight, whole } from "./weights.js";

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
