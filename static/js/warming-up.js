/** The warm-up sets before a weight. Touches no page. */

/**
 * Returns [weight, reps] of each warm-up set before sets at `weight`, on a grid {kind, step, min, explicit}. `climb`, from the
 * page: the least weight that needs any, and [share of the weight, reps] of each. The rule is the one of
 * training/progression/load/warm_up.py; one table of cases tests both.
 */
export function warmUps(weight, grid, [least, ...shares]) {
  if (!(weight > 0) || weight < least) return [];
  const steps = new Map();
  for (const [share, reps] of shares) {
    const step = share && downTo(share * weight + 1e-6, grid);
    if (step < weight) steps.set(step, reps);
  }
  return [...steps];
}

/** Returns the hardest weight on a grid that is not harder; undefined without one. */
function downTo(weight, { kind, step, min, explicit }) {
  if (explicit.length) return explicit.findLast((each) => each <= weight);
  const lowest = kind === "load" && min === 0 ? step : min;
  return weight < lowest ? undefined : Math.round((min + Math.floor((weight - min) / step) * step) * 1000) / 1000;
}
