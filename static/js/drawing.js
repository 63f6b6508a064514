/** Draws this phone's entries over a workout page, each at its place and with its state. */

import { asStored } from "./numbers.js";
import { isLogged, praise, rowsOf, say, sumUp } from "./set-rows.js";

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
  [/rir-question\/$/, drawQuestion],
  [/ill\/$/, drawIll],
  [/(finish|skip)\/$/, drawEnd],
  [/reopen\/$/, drawReopened],
];

/** Draws `entries` (oldest first, each with `state`) into `root`, a page as the server drew it. */
export function draw(root, entries) {
  for (const entry of entries) {
    const [, work] = DRAWN.find(([each]) => each.test(entry.address)) ?? [];
    const [, exercise] = entry.address.match(/exercises\/(\d+)/) ?? [];
    drawOne(work, root, entry, root.querySelector(`#exercise-${exercise}`)) ?? drawStray(root, entry);
  }
  count(root);
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
  if (!row && card) row = addRow(card, entry);
  if (!row) return null;
  for (const name of ["weight", "reps", "rir"]) row.elements[name].defaultValue = entry.body[name] ?? "";
  row.classList.toggle("set-row--done", state !== "refused" || isLogged(row));
  if (row.closest(".extra")) join(row, row.closest(".card"));
  row.dataset.state = state;
  row.toggleAttribute("data-asked", Boolean(entry.not_before));
  if (weight !== body.weight) row.querySelector(".set-row__hint").after(make("span", "set-row__rounded", say("rounded", entry.body)), " ");
  return report(row.querySelector(".set-row__said"), entry);
}

function addRow(card, { address }) {
  const rows = rowsOf(card);
  // Not simply the last row, which may have the address of an exercise that was merged into this one.
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
  const here = list.indexOf(formAt(root, entry.address));
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
  if (isBegun || card.querySelector("[type=hidden][name=weight]")) { // a bodyweight card has no field for the weight of another exercise
    const said = addCard(root, entry, card);
    if (!isBegun) card.remove(); // sets of the old exercise stay on its card
    return said;
  }
  become(card, entry.body, entry.label);
  for (const part of card.querySelectorAll("[name=prescription], .why, warm-ups")) part.remove();
  for (const field of card.querySelectorAll("[name=weight], [name=reps], [name=note]")) field.defaultValue = "";
  for (const line of card.querySelectorAll(".pinned, .said__why, .set-row__aim, .set-row__probably, .set-row__hint")) line.textContent = "";
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
  const why = form?.querySelector(".said__why");
  for (const button of form?.querySelectorAll("button[name]") ?? []) {
    const isSaid = String(button.value === entry.body.soreness_level);
    if (why && button.ariaPressed !== isSaid) why.textContent = ""; // it speaks of another answer
    button.ariaPressed = isSaid;
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

function drawIll(root, entry) {
  const form = formAt(root, entry.address);
  if (!form) return null;
  const isIll = entry.body.ill === "on";
  const { is, back, say: offer } = form.dataset;
  form.querySelector("[data-part=is]").textContent = isIll ? is : "";
  Object.assign(form.elements.ill, { value: isIll ? "" : "on", textContent: isIll ? back : offer });
  return report(noteIn(form), entry);
}

function drawQuestion(root, { address, body }) {
  const form = formAt(root, address);
  if (body.asked === "on") form.dataset.asks = "";
  else delete form.dataset.asks;
  return form;
}

function drawEnd(root, entry) {
  for (const form of root.querySelectorAll(`form[action*="/finish/"], form[action*="/skip/"]`)) {
    (form.closest("section") ?? form).remove();
  }
  root.querySelector("#summary")?.remove();
  const card = copy(root, "#blank-summary");
  if (entry.address.endsWith("skip/")) {
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

/** Shows an entry that has no place on this page, because the plan has changed, for example. */
function drawStray(root, entry, what = "stray") {
  const list = root.querySelector(".strays");
  const line = make("p");
  list.hidden = false;
  list.append(line);
  return report(line, entry, what, entry);
}

/** Shows the state of an entry, and buttons for what the lifter can do about it. */
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
  } else if (entry.not_before) {
    line.append(`${say("odd", entry.body)} `, does("yes", key), does("change", key));
  } else {
    line.append(`${what} ${say(state)} `);
  }
  where.append(line); // at the end, so that a change of state moves nothing else
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

/** Updates what depends on all rows: how many are done, how many of these the server has, which questions are due. */
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
  for (const card of root.querySelectorAll(".card:has(> expected-reps)")) {
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

/** Returns the form that posts to an address. */
export const formAt = (root, address) => root.querySelector(`form[action="${address}"], form[action^="${address}#"]`);

/** Copies a <template> that came with the page. */
const copy = (root, name) => root.querySelector(name).content.firstElementChild.cloneNode(true);

const make = (name, className = "", textContent = "") =>
  Object.assign(document.createElement(name), { className, textContent });

const decode = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;

// Below: rows of sets, drawn as the server draws them, for entries that only this phone has.

/** Shows a row as still to do. */
function empty(row) {
  row.classList.remove("set-row--done", "set-row--record");
  row.querySelector(".set-row__difference").textContent = "";
}

/** Returns a copy of `row` that is still to do, with set number `number`, shown as the `order`th of its exercise. */
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

/** Removes last time's set from a row to which it does not apply. */
function forget({ dataset }) {
  for (const name in dataset) if (/^(last|extends)/.test(name)) delete dataset[name];
}

/** Moves the extra row of a card to its sets, and leaves a new extra row. */
function join(row, card) {
  const number = Number(row.id.split("-")[2]) + 1;
  row.after(rowLike(row, number, rowsOf(card).length + 2));
  card.querySelector("expected-reps").append(row);
}

/** Gives a card `wanted` rows. Logged rows stay. */
function resize(card, wanted) {
  const rows = rowsOf(card);
  for (const row of rows.slice(wanted).filter((one) => !isLogged(one))) row.remove();
  for (let have = rows.length, extra; have < wanted && (extra = card.querySelector(".extra .set-row")); have++) join(extra, card);
}

/** Turns a card into the card of another exercise. */
function become(card, { exercise }, name) {
  const was = card.id.split("-")[1];
  const known = card.querySelector("h2").textContent;
  rename(card, [[`exercises/${was}/`, `exercises/${exercise}/`], [RegExp(`\\b-${was}\\b`), `-${exercise}`], [known, name]]);
}

/** Replaces text in attributes and names below `root`. `pairs`: [pattern, replacement] each. */
function rename(root, pairs) {
  const renamed = (words) => pairs.reduce((so, [was, is]) => so.replace(was, () => is), words);
  for (const node of [root, ...root.querySelectorAll("*")]) {
    for (const attribute of node.attributes) attribute.value = renamed(attribute.value);
    if (node.matches("h2, .unseen")) node.textContent = renamed(node.textContent);
  }
}
