/** Draws this phone's entries over a workout page, each at its place and with its state. */

import { continueSet } from "./continuing.js";
import { praise, sumUp } from "./done-sets.js";
import { addRow, drawStray, empty, join, make, noteIn, report } from "./drawing-parts.js";
import { asStored } from "./numbers.js";
import { formAt, isLogged, say, setsIn } from "./set-rows.js";

export { drawBegun } from "./continuing.js";
export { decide } from "./deciding.js";
export { morph, remember } from "./morph.js";

const DRAWN = [
  [/sets\/\d+\/$/, drawSet],
  [/sets\/\d+\/delete\/$/, drawUndone],
  [/soreness\/$/, drawSoreness],
];

/** Draws `entries` (oldest first, each with `state`) into `root`, a page as the server drew it. */
export async function draw(root, entries) {
  const isSet = ({ address }) => DRAWN.some(([each]) => each.test(address));
  const rest = entries.every(isSet) ? {} : await import("./drawing-session.js").catch(() => ({})); // no signal, and no worker
  for (const entry of entries) {
    const [, work] = [...DRAWN, ...(rest.DRAWN ?? [])].find(([each]) => each.test(entry.address)) ?? [];
    const [, exercise] = entry.address.match(/exercises\/(\d+)/) ?? [];
    drawOne(work, root, entry, root.querySelector(`#exercise-${exercise}`)) ?? drawStray(root, entry);
  }
  count(root);
  drawOne(rest.sumUpEnd, root, entries);
}

/** Draws one entry; null where it does not fit this page. An error in it must not stop the other entries. */
function drawOne(work, ...what) {
  try {
    return work?.(...what);
  } catch {
    return null;
  }
}

function drawSet(root, typed, card) {
  const { body, state } = typed;
  const weight = state === "refused" ? body.weight : asStored(body.weight ?? "");
  const entry = { ...typed, body: { ...body, weight } };
  let row = formAt(root, entry.address);
  if (!row && card) {
    const [, exercise, number] = entry.address.match(/(\d+)\/sets\/(\d+)\/$/);
    row = addRow(card, number, exercise);
    if (body.extends) continueSet(row, body);
  }
  if (!row) return null;
  for (const name of ["weight", "reps", "rir"]) row.elements[name].defaultValue = entry.body[name] ?? "";
  row.classList.toggle("set-row--done", state !== "refused" || isLogged(row));
  if (row.closest(".extra")) join(row, row.closest(".card"));
  if (!row.dataset.extends && isLogged(row)) offerMore(row);
  row.dataset.state = state;
  row.dataset.done ??= entry.edited;
  row.toggleAttribute("data-asked", Boolean(entry.not_before));
  if (weight !== body.weight) row.querySelector(".set-row__hint").after(make("span", "set-row__rounded", say("rounded", entry.body)), " ");
  return report(row.querySelector(".set-row__said"), entry);
}

/** Offers a drop and myo-reps behind a logged set, as the server does. */
function offerMore(row) {
  if (row.querySelector("a[data-does]") || !row.closest("expected-reps[data-grid]")) return;
  for (const does of ["drop", "myo"]) {
    const link = make("a", "set-row__undo", say(does));
    link.href = `?continues=${row.id.replace("set-", "")}&as=${does}#${row.id}`;
    link.dataset.does = does;
    link.ariaLabel = `${say(does)}, ${row.ariaLabel}`;
    row.querySelector(".set-row__undo[formaction]").before(link);
  }
}

function drawUndone(root, entry, card) {
  const row = formAt(root, entry.address.replace(/delete\/$/, ""));
  if (!row) return null;
  if (row.dataset.extends) {
    row.remove();
    return report(noteIn(card), entry, "undone");
  }
  const [, , number] = row.id.split("-");
  for (const other of row.parentElement.querySelectorAll(`[data-extends="${number}"]`)) other.remove();
  row.querySelectorAll("a[data-does]").forEach((link) => link.remove());
  empty(row);
  delete row.dataset.state;
  return report(row.querySelector(".set-row__said"), entry, "undone");
}

function drawSoreness(root, entry) {
  const form = formAt(root, entry.address);
  const why = form?.querySelector(".said__why");
  for (const button of form?.querySelectorAll("button[name]") ?? []) {
    const isSaid = String(button.value === entry.body.soreness_level);
    if (why && button.ariaPressed !== isSaid) why.textContent = ""; // it speaks of another answer
    button.ariaPressed = isSaid;
  }
  return form && report(noteIn(form), entry);
}

/** Updates what depends on all rows: how many are done, how many of these the server has, which questions are due. */
function count(root) {
  const logged = [...root.querySelectorAll(".set-row--done")];
  const refused = [...root.querySelectorAll('.set-row[data-state="refused"]:not(.set-row--done)')];
  const waiting = logged.filter((row) => row.dataset.state && row.dataset.state !== "stored").length + refused.length;
  const entered = logged.length + refused.length;
  root.querySelector("[data-count]").textContent = say("count", setsIn(root));
  for (const line of root.querySelectorAll("[data-receipt]")) {
    line.textContent = `${say("receipt", { done: entered - waiting, n: entered })} ${waiting ? say("waiting", { n: waiting }) : ""}`;
  }
  if (logged.length) root.querySelector('#finish [formaction*="skip/"]')?.remove();
  // The server's words stand where only its sets are.
  for (const card of root.querySelectorAll(".card:has(> expected-reps [data-state])")) {
    drawOne(praise, card);
    drawOne(sumUp, card);
  }
  for (const question of root.querySelectorAll("details[id^=performance-]")) {
    const muscle = question.id.slice("performance-".length);
    const rows = [...root.querySelectorAll(`[data-muscle="${muscle}"] expected-reps .set-row`)];
    const isNew = !question.querySelector(".set-row__state") && !("answered" in question.dataset);
    question.hidden &&= !rows.some(isLogged);
    if (isNew && rows.length && rows.every(isLogged)) question.open = true;
  }
}
