/** Draws this phone's entries about a session: its plan (sets more or less, exercises moved, swapped, added and left out,
 * less time), what was answered and noted, and its end. It is loaded where there is such an entry. */

import { addRow, drawStray, forget, make, noteIn, rename, report } from "./drawing-parts.js";
import { typed } from "./numbers.js";
import { formAt, isLogged, rowsOf, rulesOf, say, setsIn, workingRows } from "./set-rows.js";
import { supersets } from "./supersets.js";
import { volumeOf } from "./volume.js";

/** Copies a <template> that came with the page. */
const copy = (root, name) => root.querySelector(name).content.firstElementChild.cloneNode(true);

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
  leave(root, card);
  return report(noteIn(card), entry, "removed");
}

function drawPaired(root, entry, card) {
  const { with: other } = entry.body;
  if (!card) return null;
  const words = say(other ? "paired" : "alone"); // not on a page of before
  if (other) {
    const cards = [card, root.querySelector(`#exercise-${other}`)];
    for (const one of cards.flatMap((one) => (one.parentElement.matches("super-set") ? marked(one.parentElement) : one))) {
      one.dataset.superset = entry.key;
    }
  } else delete card.dataset.superset;
  regroup(root);
  return words && report(noteIn(card), entry, other ? "paired" : "alone");
}

const marked = (root) => [...root.querySelectorAll(".workout-card:not([data-left])")];

/** Takes a card out of its superset: its exercise is not asked for any more. */
function leave(root, card) {
  card.dataset.left = "";
  regroup(root);
}

/** Puts neighbours with one mark into supersets, and takes the others out. */
function regroup(root) {
  if (!root.querySelector("super-set, [data-superset]")) return;
  for (const old of root.querySelectorAll("super-set")) {
    old.querySelector(".superset__name").remove();
    old.replaceWith(...old.childNodes);
  }
  const cards = marked(root);
  for (const places of supersets(cards.map(({ dataset }) => dataset.superset ?? null), rulesOf(root).supersetMost)) {
    const group = make("super-set", "superset");
    Object.assign(group, { role: "group", ariaLabel: say("superset") });
    group.dataset.key = cards[places[0]].id;
    cards[places[0]].before(group);
    group.append(make("p", "superset__name", say("superset")));
    group.firstChild.ariaHidden = "true";
    const isInside = (node) => places.some((place) => node.compareDocumentPosition(cards[place]) & Node.DOCUMENT_POSITION_FOLLOWING);
    const belongs = (node) => node && (isInside(node) || node === cards[places.at(-1)] || node.matches("[id^=performance-]"));
    while (belongs(group.nextElementSibling)) group.append(group.nextElementSibling);
  }
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
    regroup(root);
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
    if (card && !wanted) leave(root, card);
  }
  if (!form) return null;
  form.parentElement.open = true;
  return report(noteIn(form), entry, entry.body.minutes ? "shortened" : "whole", entry.body);
}

function drawSwapped(root, entry, card) {
  if (!card) return null;
  const isBegun = rowsOf(card).some(isLogged);
  if (isBegun || card.querySelector("[type=hidden]:is([name=weight], [name=rir])")) { // there is no field for what another exercise asks
    const said = addCard(root, entry, card);
    const [mark, other] = [card.dataset.superset, root.querySelector(`#exercise-${entry.body.exercise}`)];
    if (mark && other !== card) {
      other.dataset.superset = mark;
      leave(root, card);
    }
    if (!isBegun) card.remove(); // sets of the old exercise stay on its card
    return said;
  }
  become(card, entry.body, entry.label);
  for (const part of card.querySelectorAll("[name=prescription], .why, warm-ups")) part.remove();
  for (const field of card.querySelectorAll("[name=weight], [name=reps], [name=note]")) field.defaultValue = "";
  for (const line of card.querySelectorAll(".pinned, .said__why, .set-row__aim, .set-row__probably, .set-row__hint")) line.textContent = "";
  card.querySelectorAll(".set-row").forEach(forget);
  card.querySelector(".workout-card__line").dataset.plan = "";
  for (const name of ["best", "likely", "bar", "plates", "volume"]) delete card.dataset[name];
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

/** Gives a card `wanted` rows. Logged rows stay. */
function resize(card, wanted) {
  const rows = workingRows(card);
  for (const row of rows.slice(wanted).filter((one) => !isLogged(one))) row.remove();
  for (let have = rows.length; have < wanted; have++) addRow(card);
}

/** Turns a card into the card of another exercise. */
function become(card, { exercise }, name) {
  const was = card.id.split("-")[1];
  const known = card.querySelector("h2").textContent;
  rename(card, [[`exercises/${was}/`, `exercises/${exercise}/`], [RegExp(`\\b-${was}\\b`), `-${exercise}`], [known, name]]);
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
    for (const part of card.querySelectorAll("[data-receipt], .facts")) part.remove();
  }
  root.querySelector("div").after(card);
  return report(noteIn(card), entry);
}

/** Says in the summary of a session that was finished here what was done, as the server will (session/page/summary.py). */
export function sumUpEnd(root, entries) {
  const part = (name) => root.querySelector(`#summary [data-part=${name}]`);
  const end = entries.findLast(({ address }) => address.endsWith("finish/"));
  const done = [...root.querySelectorAll(".set-row--done")];
  if (!end || !part("volume")) return;
  const { leftOpen, ...rules } = rulesOf(root.querySelector("#summary"));
  part("sets").textContent = say("part_of", setsIn(root));
  const counts = (row) => row.closest(".card").dataset.volume; // not known of an exercise that was chosen without a signal
  const sets = done.filter(counts).map(({ elements: { weight, unit, reps } }) => [typed(weight.defaultValue), unit.value, typed(reps.defaultValue)]);
  const { unit } = part("volume").dataset;
  const volume = volumeOf(sets, unit, rules).toLocaleString("en");
  part("volume").textContent = done.some((row) => counts(row) === undefined) ? say("unknown") : say("volume", { volume, unit });
  const times = done.map(({ dataset }) => Number(dataset.done));
  const [began, last] = [Math.min(...times), Math.max(...times)];
  const over = end.edited - last > leftOpen ? last : end.edited;
  const isMoved = entries.some(({ address }) => address.endsWith("backfill/"));
  const minutes = part("time").dataset.minutes ?? (isMoved ? "" : Math.round(Math.max(over - began, 0) / 60e3) || 0);
  part("time").textContent = minutes === "" || Number.isNaN(began) ? say("unknown") : say("minutes", { minutes });
}

function drawReopened(root, entry) {
  root.querySelector("#summary")?.remove();
  if (!root.querySelector("#finish")) root.append(copy(root, "#blank-finish"));
  return drawStray(root, entry, "reopened");
}

export const DRAWN = [
  [/sets\/$/, drawSets],
  [/remove\/$/, drawRemoved],
  [/move\/$/, drawMoved],
  [/superset\/$/, drawPaired],
  [/swap\/$/, drawSwapped],
  [/add\/$/, drawAdded],
  [/shorten\/$/, drawShortened],
  [/(note|backfill|performance)\/$/, drawFields],
  [/rir-question\/$/, drawQuestion],
  [/ill\/$/, drawIll],
  [/(finish|skip)\/$/, drawEnd],
  [/reopen\/$/, drawReopened],
];
