/** Drops and myo-reps: rows that continue a logged set. */

import { downSet } from "./done-weights.js";
import { addRow, make, nextNumber, rename } from "./drawing-parts.js";
import { typed } from "./numbers.js";
import { isLogged, rulesOf, say } from "./set-rows.js";
import { draftsOf, keepDraft } from "./store.js";
import { endTyping } from "./typing.js";
import { gridOf } from "./weights.js";

const NTH = { drop: "nth_drop", myo: "nth_myo" };

let begun = []; // rows that are to be entered: where they go, and what they start with

const idOf = ({ exercise, number }) => `set-${exercise}-${number}`;

/** Begins a row to be entered behind the logged row `of`, and returns its id. A second tap adds no second row. */
export function begin(of, kind) {
  const asked = rowBehind(of, kind);
  const isThere = (one) => ["exercise", "extends", "set_type"].every((name) => one[name] === asked[name]);
  if (!begun.some(isThere)) begun.push(asked);
  return idOf(begun.find(isThere));
}

/** Lets a row go that was to be entered, with what was typed in it. */
export function leave(row) {
  begun = begun.filter((one) => idOf(one) !== row.id);
  endTyping(row);
  const { pathname } = new URL(row.getAttribute("action"), location);
  for (const draft of draftsOf(document.documentElement.dataset.user)) if (draft.address === pathname) keepDraft({ ...draft, fields: {} });
}

function rowBehind(of, kind) {
  const card = of.closest(".card");
  const [, exercise, number] = of.id.split("-");
  const { weight, reps } = of.elements;
  const { drop, myoReps } = rulesOf(of);
  const grid = gridOf(card.querySelector("expected-reps").dataset.grid);
  const here = typed(weight.value);
  return {
    exercise,
    number: nextNumber(card),
    set_type: kind,
    extends: number,
    weight: kind === "drop" && grid && !Number.isNaN(here) ? String(dropWeight(here, grid, drop)) : weight.value,
    reps: kind === "drop" ? reps.value : String(myoReps),
  };
}

/** Draws the rows that are to be entered, except those that are entered now, or whose set was taken back. */
export function drawBegun(root, entries) {
  begun = begun.filter(({ exercise, number }) => !entries.some(({ address }) => address.includes(`/${exercise}/sets/${number}/`)));
  for (const one of begun) drawOne(root, one);
}

function drawOne(root, { exercise, number, weight, reps, ...of }) {
  const base = root.querySelector(`#set-${exercise}-${of.extends}`);
  if (!base || !isLogged(base) || root.querySelector(`#set-${exercise}-${number}`)) return;
  const row = addRow(base.closest(".card"), number, exercise);
  continueSet(row, of);
  Object.assign(row.elements.weight, { defaultValue: weight });
  Object.assign(row.elements.reps, { defaultValue: reps });
  const leave = Object.assign(make("button", "set-row__undo", say("leave")), { type: "button", ariaLabel: `${say("leave")}, ${row.ariaLabel}` });
  leave.dataset.does = "leave";
  row.querySelector(".set-row__acts").append(leave);
}

/** Makes a row one that continues a set, and moves it behind that. `of`: {set_type, extends}. */
export function continueSet(row, of) {
  const [, exercise] = row.id.split("-");
  const base = row.closest(".card").querySelector(`#set-${exercise}-${of.extends}`);
  const [, order] = row.ariaLabel.match(RegExp(say("nth", { order: "(\\d+)" })));
  rename(row, [[say("nth", { order }), say(NTH[of.set_type], { order: base?.querySelector(".set-row__order").textContent ?? order })]]);
  row.querySelector(".set-row__order").textContent = "+";
  row.dataset.extends = of.extends;
  for (const name of ["set_type", "extends"]) {
    const field = row.elements[name] ?? row.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
    field.setAttribute("value", of[name]);
  }
  if (!base) return;
  let last = base;
  while (last.nextElementSibling?.dataset.extends === of.extends && last.nextElementSibling !== row) last = last.nextElementSibling;
  last.after(row);
}

/** Returns the setting nearest to a lighter one by the share `drop`; see training/session/drops.py. */
export function dropWeight(weight, grid, drop) {
  const aim = grid.kind === "assist" ? weight / drop : weight * drop;
  let here = weight;
  for (let next; (next = downSet(here, grid)) !== null; here = next) {
    if (here !== weight && Math.abs(next - aim) >= Math.abs(here - aim)) break;
  }
  return here;
}
