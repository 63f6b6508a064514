/** The rows of sets, as the server draws them, for what only this phone knows yet. */

import { retarget } from "./retarget.js";
import { gridOf, typed } from "./weights.js";

const pathOf = (form) => new URL(form.getAttribute("action") ?? "", location).pathname;

export const rowAt = (root, address) =>
  [...root.querySelectorAll(".set-row")].find((row) => pathOf(row) === address);

export const rowsOf = (card) => [...card.querySelectorAll("expected-reps .set-row")];

export const isLogged = (row) => row.classList.contains("set-row--done");

/** Fills in what was typed, values by field. */
export function fill(row, values) {
  for (const name of ["weight", "reps", "rir"]) row.elements[name].setAttribute("value", values[name] ?? "");
}

/** Shows it as done. */
export const close = (row) => row.classList.add("set-row--done");

/** Says what a done set has over the last time's, and whether no set before it was as good. */
export function praise(card) {
  const grid = gridOf(card.querySelector("expected-reps").dataset.grid);
  const isLess = grid?.kind === "assist";
  const earlier = JSON.parse(card.dataset.best ?? "[]");
  const isFirst = !earlier.length;
  const rows = rowsOf(card);
  for (const row of rows.filter(isLogged)) {
    const [weight, reps] = [row.elements.weight, row.elements.reps].map((field) => typed(field.getAttribute("value")));
    const isRecord = !isFirst && earlier.every(([other, count]) => (isLess ? other > weight : other < weight) || count < reps);
    earlier.push([weight, reps]);
    if (!row.dataset.state) continue; // as the server says
    const [, before, count] = row.dataset.last?.match(/^([\d.]+) × (\d+)/) ?? [];
    const words = [];
    if (before && Number(before) !== weight) words.push(`${signed(weight - before)} ${row.elements.unit.value}${isLess ? " help" : ""}`);
    if (before && Number(count) !== reps) words.push(`${signed(reps - count)} rep${Math.abs(reps - count) === 1 ? "" : "s"}`);
    row.classList.toggle("set-row--record", isRecord);
    row.querySelector(".set-row__difference").textContent = (isRecord ? "Record. " : "") + words.join(", ");
    if (grid && weight >= 0) for (const next of rows.slice(rows.indexOf(row) + 1)) carryOn(next, weight, grid);
  }
}

/** The sets after one with another weight go on with it, and with the reps that it means. */
function carryOn(row, weight, grid) {
  const { weight: field, reps } = row.elements;
  const [planned, asked] = [field, reps].map((one) => typed(one.getAttribute("value")));
  if (isLogged(row) || planned === weight || Number.isNaN(planned + asked)) return;
  const expected = retarget(asked, planned, weight, grid);
  field.setAttribute("value", weight);
  reps.setAttribute("value", expected ?? "");
  row.querySelector(".set-row__aim").textContent = expected ? `Aim for ${expected}.` : "";
}

const signed = (number) => (number < 0 ? "−" : "+") + Math.round(Math.abs(number) * 1000) / 1000;

/** Shows it as still to do. */
export function empty(row) {
  row.classList.remove("set-row--done", "set-row--record");
  row.querySelector(".set-row__difference").textContent = "";
}

/** Another row to do like `row`, as number `number`, the `order`th of its exercise. */
export function rowLike(row, number, order) {
  const next = row.cloneNode(true);
  const [, , was] = row.id.split("-");
  empty(next);
  next.id = next.id.replace(/\d+$/, number);
  next.setAttribute("action", next.getAttribute("action").replace(`sets/${was}/`, `sets/${number}/`).replace(/\d+$/, number));
  next.querySelector("[formaction]").setAttribute("formaction", `${pathOf(next)}delete/`);
  next.setAttribute("aria-label", next.getAttribute("aria-label").replace(/\d+$/, order));
  next.querySelector(".set-row__order").textContent = order;
  for (const words of next.querySelectorAll(".unseen")) words.textContent = words.textContent.replace(/\d+/, order);
  for (const field of next.querySelectorAll(".set-row__input")) {
    field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+(?=:)/, order));
  }
  for (const words of next.querySelector(".set-row__said").children) words.textContent = "";
  delete next.dataset.last;
  return next;
}

/** The extra row of a card joins its sets, and leaves another one. */
export function join(row, card) {
  const [last] = rowsOf(card).slice(-1);
  const number = Number(row.id.split("-")[2]) + 1;
  row.after(rowLike(row, number, rowsOf(card).length + 2));
  card.querySelector("expected-reps").append(row);
  return last;
}

/** Makes it `wanted` rows: what was logged stays. */
export function resize(card, wanted) {
  const rows = rowsOf(card);
  for (const row of rows.slice(wanted).filter((one) => !isLogged(one))) row.remove();
  const extra = card.querySelector(".extra .set-row");
  for (let have = rows.length; have < wanted; have++) join(extra.isConnected ? extra : card.querySelector(".extra .set-row"), card);
}

/** Turns a card into one of another exercise. */
export function become(card, { id, name, session }) {
  const was = card.id.split("-")[1];
  const known = card.querySelector("h2").textContent;
  const attributes = ["id", "action", "formaction", "href", "aria-label", "aria-labelledby"];
  for (const node of [card, ...card.querySelectorAll("*")]) {
    for (const attribute of attributes) {
      const value = node.getAttribute(attribute);
      if (value === null) continue;
      const there = value
        .replace(`${session}exercises/${was}/`, `${session}exercises/${id}/`)
        .replace(/(exercise-name|exercise|set)-\d+/g, `$1-${id}`);
      node.setAttribute(attribute, there.replace(known, name));
    }
    if (node.matches("h2, .unseen")) node.textContent = node.textContent.replace(known, name);
  }
}
