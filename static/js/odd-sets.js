/** Asks back about a set that may be a slip of the thumb. It waits on the phone for the answer, and then goes as typed. */

import { typed } from "./numbers.js";
import { isLogged, rulesOf, workingRows } from "./set-rows.js";
import { gridOf, isOdd } from "./weights.js";

const PATIENCE = 600e3; // ms
const meant = new Set(); // sets that the lifter has said are as typed

const wordsOf = ({ address, body }) => [address, body.weight, body.reps].join(" ");

/** Notes that an entry is as it is meant. */
export const mean = (entry) => meant.add(wordsOf(entry));

/** Returns the entry of a set row, with `not_before` where the lifter is asked about it. */
export function heldIfOdd(row, entry) {
  const card = row.closest(".card");
  const { grid: text, plan, refs } = card?.querySelector("expected-reps")?.dataset ?? {};
  const grid = gridOf(text);
  const one = numbersOf(entry.body);
  if (!grid || entry.body.unit !== grid.unit || meant.has(wordsOf(entry)) || Number.isNaN(one.weight + one.reps)) return entry;
  const rows = workingRows(card);
  const { weight = null, reps = [], rir } = JSON.parse(plan ?? "{}");
  const known = JSON.parse(refs ?? "[]").map(([weight, reps, rir]) => ({ weight, reps, rir }));
  const aim = reps[Math.min(rows.indexOf(row), reps.length - 1)];
  if (weight !== null && aim) known.push({ weight, reps: aim, rir: rir ?? 0 });
  for (const other of rows.filter((each) => each !== row && isLogged(each))) {
    const set = numbersOf(Object.fromEntries(["weight", "reps", "rir"].map((name) => [name, other.elements[name].defaultValue])));
    if (set.reps > 0) known.push({ ...set, rir: set.rir ?? rir ?? 0 });
  }
  return isOdd(one, known, grid, rulesOf(row)) ? { ...entry, not_before: Date.now() + PATIENCE } : entry;
}

function numbersOf({ weight, reps, rir = "" }) {
  const left = typed(rir);
  return { weight: typed(weight), reps: typed(reps), rir: Number.isNaN(left) ? null : left };
}
