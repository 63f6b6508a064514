/** What another weight means in reps: the rule of training/progression/retarget.py, held to the same table of cases. */

const K_EXPECT = 0.05; // ln(load) per rep
const FARTHEST = 1.25; // of the load moved, either way
const FARTHEST_STEPS = 4; // where the load moved is unknown
const REPS_PER_STEP = 2;

/**
 * Reps to expect at `picked` where `reps` were planned at `planned`, from 1; null: too far away to say.
 * `grid`: {kind: "load" | "added" | "assist", step, explicit: [weights], body}, numbers in one unit; body null: unknown.
 */
export function retarget(reps, planned, picked, grid) {
  if (planned === picked) return reps;
  const here = loadMoved(planned, grid);
  const there = loadMoved(picked, grid);
  if (here === null || there === null) {
    const steps = place(picked, grid) - place(planned, grid);
    if (Math.abs(steps) > FARTHEST_STEPS) return null;
    return Math.max(1, Math.floor(reps - (grid.kind === "assist" ? -steps : steps) * REPS_PER_STEP));
  }
  if (Math.max(here, there) > Math.min(here, there) * FARTHEST) return null;
  return Math.max(1, Math.floor(reps - Math.log(there / here) / K_EXPECT));
}

function loadMoved(weight, { kind, body }) {
  if (kind === "load") return weight;
  if (body === null) return null;
  const load = kind === "added" ? body + weight : body - weight;
  return load > 0 ? load : null;
}

/** Position in steps; in a list, between two entries in proportion, beyond its ends by the outermost gap. */
function place(weight, { step, explicit }) {
  if (explicit.length === 0) return weight / step;
  if (explicit.length === 1) return Math.sign(weight - explicit[0]);
  const above = explicit.findIndex((each) => each > weight);
  const left = Math.min(Math.max((above < 0 ? explicit.length : above) - 1, 0), explicit.length - 2);
  return left + (weight - explicit[left]) / (explicit[left + 1] - explicit[left]);
}
