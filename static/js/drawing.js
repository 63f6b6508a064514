/** Draws over a workout page what this phone has entered: each entry where it belongs, with how far it got. */

import { downSet, gridOf, records, retarget, typed } from "./weights.js";

const DRAWN = [
  [/sets\/\d+\/$/, drawSet],
  [/sets\/\d+\/delete\/$/, drawUndone],
  [/sets\/$/, drawSets],
  [/remove\/$/, drawRemoved],
  [/move\/$/, drawMoved],
  [/swap\/$/, drawSwapped],
  [/add\/$/, drawAdded],
  [/shorten\/$/, drawShortened],
  [/soreness\/$/, drawSoreness],
  [/(note|backfill|performance)\/$/, drawFields],
  [/(finish|skip)\/$/, drawEnd],
  [/reopen\/$/, drawReopened],
];

/** `root`: a page as the server drew it; `entries`: oldest first, each with `state`. */
export function draw(root, entries) {
  for (const entry of entries) {
    const [, work] = DRAWN.find(([each]) => each.test(entry.address)) ?? [];
    const [, exercise] = entry.address.match(/exercises\/(\d+)/) ?? [];
    drawOne(work, root, entry, root.querySelector(`#exercise-${exercise}`)) ?? drawStray(root, entry);
  }
  count(root);
}

/** One that does not fit this page hides no other. */
function drawOne(work, ...what) {
  try {
    return work?.(...what);
  } catch {
    return null;
  }
}

function drawSet(root, entry, card) {
  let row = formAt(root, entry.address);
  if (!row && card) row = addRow(card, entry);
  if (!row) return null;
  for (const name of ["weight", "reps", "rir"]) row.elements[name].defaultValue = entry.body[name] ?? "";
  row.classList.toggle("set-row--done", entry.state !== "refused" || isLogged(row));
  if (row.closest(".extra")) join(row, row.closest(".card"));
  row.dataset.state = entry.state;
  return report(row.querySelector(".set-row__said"), entry);
}

function addRow(card, { address }) {
  const rows = rowsOf(card);
  // The last row may have an address of its own, of an exercise that was merged into this one.
  const like = card.querySelector(".extra .set-row") ?? rows.at(-1) ?? card.querySelector(".set-row");
  const row = rowLike(like, address.match(/(\d+)\/$/)[1], rows.length + 1);
  card.querySelector("expected-reps").append(row);
  return row;
}

function drawUndone(root, entry) {
  const row = formAt(root, entry.address.replace(/delete\/$/, ""));
  if (!row) return null;
  empty(row);
  delete row.dataset.state;
  return report(row.querySelector(".set-row__said"), entry, "undone");
}

function drawSets(root, entry, card) {
  if (!card) return null;
  const wanted = Number(entry.body.sets);
  resize(card, wanted);
  for (const button of card.querySelectorAll("[name=sets]")) {
    button.value = wanted + Number(button.dataset.by);
    if (button.value < 1) button.remove();
  }
  return report(noteIn(card), entry, "sets", { n: wanted });
}

function drawRemoved(root, entry, card) {
  if (!card) return null;
  for (const part of card.querySelectorAll(".set-row:not(.set-row--done), .more, .card-tools")) part.remove();
  return report(noteIn(card), entry, "removed");
}

function drawMoved(root, entry) {
  const order = root.querySelector("exercise-order");
  const list = [...(order?.children ?? [])];
  const here = list.findIndex((one) => pathOf(one) === entry.address);
  if (here < 0) return null;
  const there = Math.min(Number(entry.body.place), list.length) - 1;
  const [side, other] = [there < here ? "before" : "after", list[there]];
  if (there !== here) {
    const cards = [other, list[here]].map((one) => root.querySelector(`#exercise-${one.dataset.exercise}`));
    other[side](list[here]);
    if (cards[0] && cards[1]) cards[0][side](cards[1]);
  }
  [...order.children].forEach((one, place) => {
    for (const button of one.querySelectorAll("[name=place]")) {
      button.value = place + 1 + Number(button.dataset.by);
      button.disabled = button.value < 1 || button.value > list.length;
    }
  });
  return report(noteIn(order.parentElement), entry, "moved");
}

function drawShortened(root, entry) {
  const form = formAt(root, entry.address);
  const { sets = "[]" } = form?.querySelector(`[value="${entry.body.minutes}"]`)?.dataset ?? {};
  for (const [exercise, wanted] of JSON.parse(sets)) {
    const card = root.querySelector(`#exercise-${exercise}`);
    if (card) resize(card, wanted);
  }
  if (!form) return null;
  form.parentElement.open = true;
  return report(noteIn(form), entry, entry.body.minutes ? "shortened" : "whole", entry.body);
}

function drawSwapped(root, entry, card) {
  if (!card) return null;
  const isBegun = rowsOf(card).some(isLogged);
  if (isBegun || card.querySelector("[type=hidden][name=weight]")) { // where the body moves, the new one may ask for a weight
    const said = addCard(root, entry, card);
    if (!isBegun) card.remove(); // what was done of the other one stays with it
    return said;
  }
  become(card, entry.body, entry.label);
  for (const part of card.querySelectorAll("[name=prescription], .why, warm-ups")) part.remove();
  for (const field of card.querySelectorAll("[name=weight], [name=reps], [name=note]")) field.defaultValue = "";
  for (const line of card.querySelectorAll(".pinned, .said__why, .set-row__aim, .set-row__hint")) line.textContent = "";
  card.querySelectorAll(".set-row").forEach(forget);
  for (const name of ["best", "likely", "bar", "plates"]) delete card.dataset[name];
  card.querySelector("expected-reps").removeAttribute("data-grid");
  return report(noteIn(card), entry, "swapped");
}

function drawAdded(root, entry) {
  return addCard(root, entry, [...root.querySelectorAll(".card[id^=exercise-], [id^=performance-]")].at(-1) ?? root.querySelector("div"));
}

function addCard(root, entry, after) {
  if (root.querySelector(`#exercise-${entry.body.exercise}`)) return drawStray(root, entry);
  const card = copy(root, "#blank-card");
  become(card, entry.body, entry.label);
  after.after(card);
  return report(noteIn(card), entry, "added");
}

function drawSoreness(root, entry) {
  const form = formAt(root, entry.address);
  for (const button of form?.querySelectorAll("button[name]") ?? []) {
    button.ariaPressed = button.value === entry.body.soreness_level;
  }
  return form && report(noteIn(form), entry);
}

function drawFields(root, entry) {
  const form = formAt(root, entry.address);
  if (!form) return null;
  for (const [name, value] of Object.entries(entry.body)) {
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      if (field.type === "radio") field.defaultChecked = field.value === value;
      else field.defaultValue = value;
    }
  }
  const pinned = form.closest(".workout-card")?.querySelector(".pinned");
  if (pinned) pinned.textContent = entry.body.note;
  const details = form.closest("details");
  const isAnswered = !("onTap" in form.dataset) || (entry.body.pump_level && entry.body.challenge_level);
  if (isAnswered) details.dataset.answered = "";
  details.open = !isAnswered || entry.state === "refused";
  const state = details.querySelector("summary .set-row__state") ?? make("span", "set-row__state");
  state.textContent = say(entry.state);
  details.querySelector("summary").append(state);
  return report(noteIn(form), entry);
}

function drawEnd(root, entry) {
  for (const form of root.querySelectorAll(`form[action*="/finish/"], form[action*="/skip/"]`)) {
    (form.closest("section") ?? form).remove();
  }
  root.querySelector("#summary")?.remove();
  const card = copy(root, "#blank-summary");
  const isSkip = entry.address.endsWith("skip/");
  if (isSkip) {
    const title = card.querySelector("h2");
    title.textContent = title.dataset.skipped;
    card.querySelector("[data-receipt]").remove();
  }
  root.querySelector("div").after(card);
  return report(noteIn(card), entry);
}

function drawReopened(root, entry) {
  root.querySelector("#summary")?.remove();
  if (!root.querySelector("#finish")) root.append(copy(root, "#blank-finish"));
  return drawStray(root, entry, "reopened");
}

/** What has no place on this page: a plan that changed meanwhile, say. It is shown all the same. */
function drawStray(root, entry, what = "stray") {
  const list = root.querySelector(".strays");
  const line = make("p");
  list.hidden = false;
  list.append(line);
  return report(line, entry, what, entry);
}

/** Says how far an entry got, and offers what its lifter can do about it. */
function report(where, entry, name, values) {
  const { state, key, lost, words } = entry;
  const what = name ? say(name, values) : "";
  const line = make("span", state === "refused" || lost ? "field__error" : "sent");
  line.role = "status";
  where.querySelector(".set-row__state, .sent, .field__error")?.remove();
  if (state === "refused") {
    line.append(`${what} ${say("why", { why: decode(words) })} `, does("again", key), does("discard", key));
  } else if (lost) {
    const mine = entry.body.weight === undefined || entry.address.endsWith("delete/") ? "" : say("yours", entry.body);
    line.append(`${say("lost", { stands: decode(lost) })} ${mine} `, does("mine", key), does("dismiss", key));
  } else {
    line.append(`${what} ${say(state)} `);
  }
  where.append(line); // last, so that what changes moves nothing
  return line;
}

function does(verb, key) {
  const button = make("button", "set-row__undo", say(verb));
  button.type = "button";
  Object.assign(button.dataset, { does: verb, key });
  return button;
}

function noteIn(node) {
  if (!node.querySelector(".said")) node.append(make("p", "said said--line"));
  return node.querySelector(".said");
}

/** What follows from the rows: how many are done, how many of them the server has, which questions are due. */
function count(root) {
  const logged = [...root.querySelectorAll(".set-row--done")];
  const refused = [...root.querySelectorAll('.set-row[data-state="refused"]:not(.set-row--done)')];
  const waiting = logged.filter((row) => row.dataset.state && row.dataset.state !== "stored").length + refused.length;
  const entered = logged.length + refused.length;
  const asked = root.querySelectorAll("expected-reps .set-row").length;
  root.querySelector("[data-count]").textContent = say("count", { done: logged.length, n: asked });
  for (const line of root.querySelectorAll("[data-receipt]")) {
    line.textContent = `${say("receipt", { done: entered - waiting, n: entered })} ${waiting ? say("waiting", { n: waiting }) : ""}`;
  }
  if (logged.length) root.querySelector('#finish [formaction*="skip/"]')?.remove();
  for (const card of root.querySelectorAll(".card:has(> expected-reps)")) drawOne(praise, card);
  for (const question of root.querySelectorAll("details[id^=performance-]")) {
    const muscle = question.id.slice("performance-".length);
    const rows = [...root.querySelectorAll(`[data-muscle="${muscle}"] expected-reps .set-row`)];
    const isNew = !question.querySelector(".set-row__state") && !("answered" in question.dataset);
    if (isNew && rows.length && rows.every(isLogged)) question.open = true;
  }
}

const pathOf = (form) => new URL(form.action, location).pathname;

export const formAt = (root, address) => [...root.querySelectorAll("form")].find((form) => pathOf(form) === address);

/** What the server drew for the page to fill in. */
const copy = (root, name) => root.querySelector(name).content.firstElementChild.cloneNode(true);

const make = (name, className = "", textContent = "") =>
  Object.assign(document.createElement(name), { className, textContent });

const decode = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;

// The rows of sets, as the server draws them, for what only this phone knows yet.

const rowsOf = (card) => [...card.querySelectorAll("expected-reps .set-row")];

const isLogged = (row) => row.classList.contains("set-row--done");

/** Says what a done set has over the last time's, and whether no set before it was as good. */
function praise(card) {
  const of = card.querySelector("expected-reps").dataset;
  const grid = gridOf(of.grid) ?? {};
  const rows = rowsOf(card).filter(({ dataset }) => !("extends" in dataset));
  const done = rows.filter(isLogged);
  const sets = done.map(({ elements: { weight, reps, unit } }) => [typed(weight.defaultValue), typed(reps.defaultValue), unit.value]);
  // One in another unit than the card's is left to the server.
  const marks = sets.map(([weight, reps, unit]) => [weight, unit === grid.unit ? reps : 0]);
  const isRecord = records(marks, JSON.parse(card.dataset.best ?? "[]"), grid.kind);
  done.forEach((row, place) => {
    if (!row.dataset.state) return; // as the server says
    const { lastWeight, lastReps, lastUnit } = row.dataset;
    const difference = lastUnit ? differenceWords(sets[place], [lastWeight, lastReps, lastUnit], grid.kind) : "";
    row.classList.toggle("set-row--record", isRecord[place]);
    row.querySelector(".set-row__difference").textContent = `${isRecord[place] ? say("record") : ""} ${difference}`;
    const [weight, reps, unit] = sets[place];
    // The last one says what is left; before it the server looks at none either.
    if (row !== done.at(-1) || unit !== grid.unit || !(weight > 0 || (weight === 0 && grid.kind !== "load"))) return;
    const lighter = reps < of.lo ? downSet(weight, grid) : null;
    for (const next of rows) carryOn(next, lighter ?? weight, grid);
    card.querySelector(".said__why").textContent = lighterWords(lighter, of);
  });
}

/** The sets after one with another weight go on with it, and with the reps that it means. */
function carryOn(row, weight, grid) {
  const field = row.elements.weight;
  const isSame = typed(field.defaultValue) === weight;
  if (!isLogged(row) && !isSame && expectReps(row, weight, grid, "defaultValue")) field.defaultValue = weight;
}

/** Shows in a row the reps that the weight `picked` means, as its `value` or `defaultValue`; whether it had reps to go by. */
export function expectReps(row, picked, grid, shown) {
  const { weight, reps } = row.elements;
  const [planned, asked] = [weight, reps].map((one) => typed(one.defaultValue));
  if (Number.isNaN(planned + picked + asked)) return false;
  const expected = retarget(asked, planned, picked, grid, row.closest("workout-session").dataset);
  reps[shown] = expected ?? "";
  row.querySelector("output").textContent = aimWords(expected);
  return true;
}

/** The words called `name` that came with the page (session/page/phone_words.py), `values` put in; `n` tells one from many. */
function say(name, values = {}) {
  const { dataset, textContent } = document.querySelector("#words").content.getElementById(name);
  return fill((Math.abs(values.n) === 1 && dataset.one) || textContent, values);
}

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** What a set aims for; `reps` null: nobody can say. */
export const aimWords = (reps) => (reps ? say("aim", { reps }) : "");

/** What a set [weight, reps, unit] has over `last`; empty: nothing, or not to be said in one unit. */
export function differenceWords([weight, reps, unit], last, kind) {
  if (unit !== last[2] && (weight || Number(last[0]))) return "";
  const [heavier, n] = [weight - last[0], reps - last[1]];
  const words = [
    heavier && say(kind === "assist" ? "help" : "weight", { more: signed(heavier), unit }),
    n && say("reps", { n, more: signed(n) }),
  ];
  return words.filter(Boolean).join(", ");
}

const signed = (number) => (number < 0 ? "−" : "+") + Math.round(Math.abs(number) * 1000) / 1000;

/** Why the sets left go on with `weight`; null: they do not. `lighter`, `bare` (of the body alone): the server's words. */
export function lighterWords(weight, { lighter, bare }) {
  return weight === null ? "" : fill(weight ? lighter : bare, { weight });
}

/** Shows it as still to do. */
function empty(row) {
  row.classList.remove("set-row--done", "set-row--record");
  row.querySelector(".set-row__difference").textContent = "";
}

/** Another row to do like `row`, as number `number`, the `order`th of its exercise. */
function rowLike(row, number, order) {
  const next = row.cloneNode(true);
  const [, , was] = row.id.split("-");
  empty(next);
  rename(next, [[`/sets/${was}/`, `/sets/${number}/`], [RegExp(`-${was}$`), `-${number}`], [RegExp(say("nth", { order: "\\d+" })), say("nth", { order })]]);
  next.querySelector(".set-row__order").textContent = order;
  for (const words of next.querySelector(".set-row__said").children) words.textContent = "";
  forget(next);
  return next;
}

/** What was done last time is no business of this row. */
function forget({ dataset }) {
  for (const name in dataset) if (/^(last|extends)/.test(name)) delete dataset[name];
}

/** The extra row of a card joins its sets, and leaves another one. */
function join(row, card) {
  const number = Number(row.id.split("-")[2]) + 1;
  row.after(rowLike(row, number, rowsOf(card).length + 2));
  card.querySelector("expected-reps").append(row);
}

/** Makes it `wanted` rows: what was logged stays. */
function resize(card, wanted) {
  const rows = rowsOf(card);
  for (const row of rows.slice(wanted).filter((one) => !isLogged(one))) row.remove();
  for (let have = rows.length, extra; have < wanted && (extra = card.querySelector(".extra .set-row")); have++) join(extra, card);
}

/** Turns a card into one of another exercise. */
function become(card, { exercise }, name) {
  const was = card.id.split("-")[1];
  const known = card.querySelector("h2").textContent;
  rename(card, [[`exercises/${was}/`, `exercises/${exercise}/`], [RegExp(`\\b-${was}\\b`), `-${exercise}`], [known, name]]);
}

/** What the server drew for one, for another: `pairs` of what is looked for and what stands there instead. */
function rename(root, pairs) {
  const renamed = (words) => pairs.reduce((so, [was, is]) => so.replace(was, () => is), words);
  for (const node of [root, ...root.querySelectorAll("*")]) {
    for (const attribute of node.attributes) attribute.value = renamed(attribute.value);
    if (node.matches("h2, .unseen")) node.textContent = renamed(node.textContent);
  }
}
