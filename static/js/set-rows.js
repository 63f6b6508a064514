/** The rows of an exercise: the reps to expect in them, and sets that are asked about. */

import { typed } from "./numbers.js";
import { gridOf, isOdd, retarget } from "./weights.js";

/** Returns the form that posts to an address. */
export const formAt = (root, address) => root.querySelector(`form[action="${address}"], form[action^="${address}#"]`);

export const rowsOf = (card) => [...card.querySelectorAll("expected-reps .set-row")];

/** Returns [exercise, set] of a row: ["Lat Pulldown", "set 3"]. */
export const namesOf = ({ ariaLabel }) => ariaLabel.split(/, (?=[^,]*$)/);

export const isLogged = (row) => row.classList.contains("set-row--done");

/** Returns how many sets of a page are done, and how many there are, without the rows that continue one. */
export function setsIn(root) {
  const sets = [...root.querySelectorAll("expected-reps .set-row:not([data-extends])")];
  return { done: sets.filter(isLogged).length, n: sets.length };
}

export const workingRows = (card) => rowsOf(card).filter(({ dataset }) => !("extends" in dataset));

export const rulesOf = (node) => JSON.parse(node.closest("workout-session").dataset.rules);

/** Shows the reps to expect at weight `picked` in a row, as `value` or `defaultValue`. False: the row has no target. */
export function expectReps(row, picked, grid, shown) {
  const { weight, reps } = row.elements;
  const [planned, asked] = [weight, reps].map((one) => typed(one.defaultValue));
  if (Number.isNaN(planned + picked + asked)) return false;
  const { slope } = row.closest("expected-reps").dataset; // the lifter's own, where it is known
  const rules = rulesOf(row);
  const expected = retarget(asked, planned, picked, grid, slope ? { ...rules, kExpect: 1 / slope } : rules);
  reps[shown] = expected ?? "";
  row.querySelector("output").textContent = aimWords(expected, row);
  return true;
}

/** Tells whether an element stands in the card of a hold, whose number is seconds. */
export const isHold = (node) => Boolean(node.closest("[data-hold]"));

/** Returns a set of a row or card in words, as the server says it: "80 kg × 8", "45 s". */
export const setWords = (node, set) => say(`done${set.weight === "0" ? "_bare" : ""}${isHold(node) ? "_hold" : ""}`, set);

/** Returns the page's sentence `name` (session/page/phone_words.py) with `values` put in; `n` chooses singular or plural. */
export function say(name, values = {}) {
  const { dataset, textContent } = document.querySelector("#words").content.getElementById(name);
  return fill((Math.abs(values.n) === 1 && dataset.one) || textContent, values);
}

export const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** Returns the words for a set's target reps; empty where `reps` is null: unknown. */
export function aimWords(reps, row) {
  const { rir } = row.closest("expected-reps")?.dataset ?? {};
  const name = "open" in row.dataset ? "aim_open" : { 0: "aim_all", undefined: "aim" }[rir];
  return reps ? say(name ?? "aim_left", { reps, rir }) : "";
}

// Below: a set that may be a slip of the thumb is asked about. It waits on the phone for the answer, then goes as typed.

const PATIENCE = 600e3; // ms
const meant = new Set(); // sets that the lifter has said are as typed

const wordsOf = ({ address, body }) => [address, body.weight, body.reps].join(" ");

/** Notes that an entry is as it is meant. */
export const mean = (entry) => meant.add(wordsOf(entry));

/** Returns the entry of a set row, with `not_before` where the lifter is asked about it. */
export function heldIfOdd(row, entry) {
  const isAsked = !meant.has(wordsOf(entry)) && looksOdd(row, entry.body);
  return isAsked ? { ...entry, not_before: Date.now() + PATIENCE } : entry;
}

/** Tells whether a set {weight, reps, rir, unit}, as text, is unlike what was asked and done before. */
export function looksOdd(row, set) {
  const card = row.closest(".card");
  const { grid: text, plan, refs } = card?.querySelector("expected-reps")?.dataset ?? {};
  const grid = gridOf(text);
  const one = numbersOf(set);
  if (!grid || set.unit !== grid.unit || Number.isNaN(one.weight + one.reps)) return false;
  const rows = workingRows(card);
  const { weight = null, reps = [], rir } = JSON.parse(plan ?? "{}");
  const known = JSON.parse(refs ?? "[]").map(([weight, reps, rir]) => ({ weight, reps, rir }));
  const aim = reps[Math.min(rows.indexOf(row), reps.length - 1)];
  if (weight !== null && aim) known.push({ weight, reps: aim, rir: rir ?? 0 });
  for (const other of rows.filter((each) => each !== row && isLogged(each))) {
    const done = numbersOf(loggedIn(other));
    if (done.reps > 0) known.push({ ...done, rir: done.rir ?? rir ?? 0 });
  }
  return isOdd(one, known, grid, rulesOf(row));
}

export function loggedIn({ elements: { weight, reps, rir, unit } }) {
  return { weight: weight.defaultValue, reps: reps.defaultValue, rir: rir.defaultValue, unit: unit.value };
}

function numbersOf({ weight, reps, rir = "" }) {
  const left = typed(rir);
  return { weight: typed(weight), reps: typed(reps), rir: Number.isNaN(left) ? null : left };
}
