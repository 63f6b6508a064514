/** What entries are drawn with: their reports and notes, and rows of sets. */

import { isLogged, rowsOf, say, setWords, workingRows } from "./set-rows.js";

export const make = (name, className = "", textContent = "") =>
  Object.assign(document.createElement(name), { className, textContent });

const decode = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;

export function noteIn(node) {
  if (!node.querySelector(".said")) node.append(make("p", "said said--line"));
  return node.querySelector(".said");
}

/** Shows the state of an entry, and buttons for what the lifter can do about it. */
export function report(where, entry, name, values) {
  const { state, key, lost, words } = entry;
  const what = name ? say(name, values) : "";
  const line = make("span", state === "refused" || lost ? "field__error" : "sent");
  line.role = "status";
  where.querySelector(".set-row__state, .sent, .field__error")?.remove();
  if (state === "refused") {
    line.append(`${what} ${say("why", { why: decode(words) })} `, does("again", key), does("discard", key));
  } else if (lost) {
    const mine = entry.body.weight === undefined || entry.address.endsWith("delete/") ? "" : say("yours", { set: setWords(where, entry.body) });
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

/** Shows an entry that has no place on this page, because the plan has changed, for example. */
export function drawStray(root, entry, what = "stray") {
  const list = root.querySelector(".strays");
  const line = make("p");
  list.hidden = false;
  list.append(line);
  return report(line, entry, what, entry);
}

// Below: rows of sets, drawn as the server draws them, for entries that only this phone has.

/** Shows a row as still to do. */
export function empty(row) {
  row.classList.remove("set-row--done", "set-row--record");
  delete row.dataset.done;
  row.querySelector(".set-row__difference").textContent = "";
}

/** Adds a row that is still to do to a card: set `number`, or without one the next set of its exercise. */
export function addRow(card, number, exercise = card.id.split("-")[1]) {
  const rows = rowsOf(card);
  const like = rows.findLast((one) => !isLogged(one)) ?? rows.at(-1) ?? card.querySelector(".extra .set-row");
  const row = rowLike(like, exercise, number ?? nextNumber(card), workingRows(card).length + 1);
  card.querySelector("expected-reps").append(row);
  return row;
}

/** Returns the number of one more set or row of a card. */
export const nextNumber = (card) => Math.max(...rowsOf(card).map(({ id }) => Number(id.split("-")[2])), Number(card.dataset.next ?? 1) - 1) + 1;

/** Returns a copy of `row` that is still to do: set `number` of `exercise`, shown as its `order`th. (The row of a merged
 * exercise has the address of that one.) */
function rowLike(row, exercise, number, order) {
  const next = row.cloneNode(true);
  const [, of, was] = row.id.split("-");
  empty(next);
  next.reset();
  next.elements.rir.defaultValue = "";
  for (const name of ["set_type", "extends"]) next.elements[name]?.remove();
  next.querySelectorAll("a[data-does]").forEach((link) => link.remove());
  rename(next, [
    [`exercises/${of}/sets/${was}/`, `exercises/${exercise}/sets/${number}/`],
    [RegExp(`set-${of}-${was}$`), `set-${exercise}-${number}`],
    [RegExp(say("nth", { order: "\\d+" })), say("nth", { order })],
  ]);
  next.querySelector(".set-row__order").textContent = order;
  for (const words of next.querySelector(".set-row__said").children) words.textContent = "";
  forget(next);
  return next;
}

/** Removes last time's set from a row to which it does not apply. */
export function forget({ dataset }) {
  for (const name in dataset) if (/^(last|extends)/.test(name)) delete dataset[name];
}

/** Replaces text in attributes and names below `root`. `pairs`: [pattern, replacement] each. */
export function rename(root, pairs) {
  const renamed = (words) => pairs.reduce((so, [was, is]) => so.replace(was, () => is), words);
  for (const node of [root, ...root.querySelectorAll("*")]) {
    for (const attribute of node.attributes) attribute.value = renamed(attribute.value);
    if (node.matches("h2, .unseen")) node.textContent = renamed(node.textContent);
  }
}

/** Moves the extra row of a card to its sets, and leaves a new extra row. */
export function join(row, card) {
  const [, exercise, number] = row.id.split("-");
  row.after(rowLike(row, exercise, Number(number) + 1, rowsOf(card).length + 2));
  card.querySelector("expected-reps").append(row);
}
