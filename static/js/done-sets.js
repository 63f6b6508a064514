/** What logged sets say: what was done, what it beats, and what the sets after it go for. Loaded after the tray. */

import { downSet, records, restOfSession } from "./done-weights.js";
import { typed } from "./numbers.js";
import { aimWords, expectReps, fill, isHold, isLogged, loggedIn, looksOdd, rowsOf, rulesOf, say, setsIn, setWords, workingRows } from "./set-rows.js";
import { gridOf } from "./weights.js";

/** Shows in one line what is done of an exercise, else what is asked. Sets with one weight stand together. */
export function sumUp(card) {
  const line = card.querySelector(".workout-card__line");
  if (!line) return; // the card of an exercise that was added without a signal
  const rows = rowsOf(card);
  const done = rows.filter(isLogged);
  const loads = [];
  for (const one of done.map(loggedIn)) {
    const last = loads.at(-1);
    if (last?.weight === one.weight && last.unit === one.unit) last.reps += `, ${one.reps}`;
    else loads.push(one);
  }
  let sets = done.some(({ dataset }) => dataset.extends) ? inWords(done) : loads.map((one) => setWords(card, one)).join("; ");
  if (sets && "sides" in card.dataset) sets = say("a_side", { sets });
  const counted = setsIn(card);
  const words = !sets ? line.dataset.plan : counted.done === counted.n ? sets : say("begun", { ...counted, sets });
  const isHere = rows.some(({ dataset: { state } }) => state && state !== "stored");
  line.textContent = isHere ? `${words} · ${say("kept")}` : words;
}

/** Returns sets in words, each with the rows that continue it: "80 kg × 10 + 60 kg × 6". */
function inWords(done) {
  const of = new Map();
  const wordsOf = (row) => setWords(row, loggedIn(row));
  for (const row of done) if (!row.dataset.extends) of.set(row.id.split("-")[2], wordsOf(row));
  for (const row of done) {
    const { extends: number } = row.dataset;
    if (number) of.set(of.has(number) ? number : row.id, of.has(number) ? say("then", { sets: of.get(number), next: wordsOf(row) }) : wordsOf(row));
  }
  return [...of.values()].join(", ");
}

/** Shows how a done set differs from last time's, and whether it is a record; then what the open sets go for. */
export function praise(card) {
  const of = card.querySelector("expected-reps").dataset;
  const grid = gridOf(of.grid || of.weights) ?? {};
  const rows = workingRows(card);
  const done = rows.filter(isLogged);
  const sets = done.map(({ elements: { weight, reps, unit, rir } }) => [
    typed(weight.defaultValue), typed(reps.defaultValue), unit.value, typed(rir.defaultValue || (of.rir ?? "")),
  ]);
  // One in another unit than the card's is left to the server.
  const marks = sets.map(([weight, reps, unit, rir]) => [weight, unit === grid.unit ? reps : 0, rir]);
  const isRecord = records(marks, JSON.parse(card.dataset.best ?? "[]"), grid, rulesOf(card));
  done.forEach((row, place) => {
    if (!row.dataset.state) return; // as the server says
    const { lastWeight, lastReps, lastUnit, asked } = row.dataset;
    // Not while the lifter is asked whether it is right, nor a slip.
    const isPraised = isRecord[place] && asked === undefined && !looksOdd(row, loggedIn(row));
    const difference = lastUnit && asked === undefined ? differenceWords(sets[place], [lastWeight, lastReps, lastUnit], grid.kind, isHold(card)) : "";
    row.classList.toggle("set-row--record", isPraised);
    row.querySelector(".set-row__difference").textContent = `${isPraised ? say("record") : ""} ${difference}`;
  });
  const isOurs = ([weight, , unit]) => unit === grid.unit && (weight > 0 || (weight === 0 && grid.kind !== "load"));
  // Those of the server's sets are drawn already.
  if (done[0]?.dataset.state && isOurs(sets[0]) && !isSlip(done[0], of)) goFor(rows, done[0], of, grid);
  const place = done.findLastIndex((row) => !isSlip(row, of));
  const [last, set] = [done[place], sets[place]];
  if (of.lo && last === done[0] && typed(last?.elements.rir.defaultValue ?? "") >= 0) return;
  if (!last?.dataset.state || !isOurs(set)) return;
  const lighter = set[1] < of.lo ? downSet(set[0], grid) : null;
  for (const next of rows) carryOn(next, lighter ?? set[0], grid);
  card.querySelector(".said__why").textContent = isToDo(rows) ? lighterWords(lighter, of) : "";
}

/** Gives the open rows what they go for after the first set, by its RIR where that is said. */
function goFor(rows, { elements: { weight, reps, rir } }, of, grid) {
  const plan = JSON.parse(of.plan ?? "null");
  const first = { weight: typed(weight.defaultValue), reps: typed(reps.defaultValue), rir: typed(rir.defaultValue) };
  if (!plan || plan.weight === null) return;
  const isSaid = first.rir >= 0;
  const rest = isSaid ? restOfSession(plan, first, grid, rulesOf(rows[0])) : { ...plan, reps: plan.reps.slice(1), code: "" };
  rows.slice(1).forEach((row, place) => {
    if (!isLogged(row) && place < rest.reps.length) aimFor(row, rest.weight, rest.reps[place]);
  });
  const values = { q: first.rir, reps: rest.reps.join(", "), weight: rest.weight, unit: grid.unit };
  rows[0].closest(".card").querySelector(".said__why").textContent = isToDo(rows) ? rest.code && fill(of[WORDS_OF[rest.code]], values) : "";
}

const isToDo = (rows) => !rows.every(isLogged);

const WORDS_OF = { UP_SET: "heavier", DOWN_SET: "lighter", REST_OF_SETS: "rest" };

function aimFor(row, picked, expected) {
  const { weight, reps } = row.elements;
  weight.defaultValue = picked;
  reps.defaultValue = expected;
  row.querySelector("output").textContent = aimWords(expected, row);
}

/** Gives an open row the weight of the set before it, and the reps to expect at that weight. */
function carryOn(row, weight, grid) {
  const field = row.elements.weight;
  if (isLogged(row) || typed(field.defaultValue) === weight) return;
  // In the first week the plan names no weight, and expects no reps at another one. A hold keeps the weight of its plan.
  if (!field.defaultValue || (!isHold(row) && expectReps(row, weight, grid, "defaultValue"))) field.defaultValue = weight;
}

/** Returns the difference between a set [weight, reps, unit] and `last`; empty: none, or the units differ. `isHeld`: the reps are seconds. */
export function differenceWords([weight, reps, unit], last, kind, isHeld) {
  if (unit !== last[2] && (weight || Number(last[0]))) return "";
  const [heavier, n] = [weight - last[0], reps - last[1]];
  const words = [
    heavier && say(kind === "assist" ? "help" : "weight", { more: signed(heavier), unit }),
    n && say(isHeld ? "reps_hold" : "reps", { n, more: signed(n) }),
  ];
  return words.filter(Boolean).join(", ");
}

const signed = (number) => (number < 0 ? "−" : "+") + Math.round(Math.abs(number) * 1000) / 1000;

/** Returns why the next sets use `weight` (null: they do not). `lighter` and `bare` (the body alone) are the server's words. */
export function lighterWords(weight, { lighter, bare }) {
  return weight === null ? "" : fill(weight ? lighter : bare, { weight });
}

/** Tells whether a logged set is no order for the next one: too much to be believed. One that falls short always is. */
const isSlip = (row, { lo }) => typed(row.elements.reps.defaultValue) >= lo && looksOdd(row, loggedIn(row));
