/** Takes the posts of forms with `data-outbox` into the outbox, online too, so that there is only one way. */
import { faultsIn } from "./numbers.js";
import { flush, put, releaseAll, tell } from "./outbox.js";
import { draftsOf, keepDraft } from "./store.js";
import { beginTyping, endTyping, markOf } from "./typing.js";

export function takeForms() {
  tellZone();
  document.addEventListener("input", ({ target: { form } }) => form && keepTyped(form));
  document.addEventListener("change", ({ target: { form, type } }) => {
    if (type === "radio" && form?.matches("[data-on-tap]")) form.requestSubmit();
    else if (form) enterUnasked(form);
  });
  document.addEventListener("submit", enter, true); // before other listeners, which go on from what was entered
  document.addEventListener("drawn", takeLogged);
  document.addEventListener("visibilitychange", () => document.hidden && enterTyped());
  addEventListener("pagehide", enterTyped);
  releaseAll().then(flush).catch(() => {}); // the page that asked about them was left
  takeDrafts().catch(() => {});
}

const inPlain = new WeakSet();

function enter(event) {
  tellZone(); // the phone may have travelled since the page was loaded
  const { target: form, submitter } = event;
  const { user } = document.documentElement.dataset;
  if (!user || !("outbox" in form.dataset) || inPlain.has(form)) return;
  event.preventDefault();
  if (!submitter?.hasAttribute("formaction") && !(isRight(form) && hasItsNeeds(form))) return event.stopPropagation();
  enterTyped(form);
  if (submitter?.hasAttribute("formaction")) continuing(form).forEach((row) => row.querySelector("[formaction]").click());
  if (form.matches(".set-row")) form.toggleAttribute("data-entered", !submitter?.hasAttribute("formaction")); // not drawn yet
  const [entry, ...others] = submittersOf(form, submitter).map((one) => entryOf(form, one));
  others.reduce((before, one) => before.then(() => enterForm(form, one)), enterForm(form, entry)).then(
    () => entry.session !== location.pathname && location.assign(`${entry.session}#exercise-${entry.body.exercise ?? ""}`),
    () => {
      // The phone stores nothing for us (private mode, a full disk): post the form, as without this script.
      inPlain.add(form);
      // Later, because a form that is being submitted ignores it. The dock's button is the next row's by then.
      setTimeout(() => form.requestSubmit(submitter?.form === form ? submitter : null));
    },
  );
}

/** Returns the logged rows that continue the set of a row. They go with it, also where another entry replaces its own. */
function continuing({ id, parentElement }) {
  return parentElement.querySelectorAll(`.set-row--done[data-extends="${id.split("-")[2]}"]`);
}

/** Returns the buttons that a form stands for: those beside each tick, and the one that was tapped. */
function submittersOf(form, submitter) {
  const ticked = [...form.querySelectorAll("[name=exercises]:checked")].map((one) => one.closest("li").querySelector("button"));
  return submitter?.name || !ticked.length ? [...new Set([...ticked, submitter])] : ticked;
}

/** Tells whether what was typed can be stored. The row of a set says what is wrong with its numbers, as the server would. */
function isRight(form) {
  if (!form.matches(".set-row")) return form.reportValidity();
  const [fault] = faultsOf(form);
  if (!fault) return true;
  form.elements[fault[0]].focus();
  import("./faults.js").then(({ showFaults }) => showFaults(form, faultsOf)).catch(() => {}); // no signal, and no worker
}

function boundsOf(form) {
  const { bounds = {}, held } = JSON.parse(form.closest("workout-session").dataset.rules);
  return form.closest("[data-hold]") ? { ...bounds, reps: held } : bounds;
}

/** Returns [field, code] of each fault in the numbers of a set. */
function faultsOf(row) {
  return Object.entries(boundsOf(row)).flatMap(([name, bounds]) => faultsIn(row.elements[name].value, bounds).map((code) => [name, code]));
}

/** Tells whether the page has what a form needs before it is sent (`data-needs`), and says in the form what it lacks. */
function hasItsNeeds(form) {
  const { needs, lacks } = form.dataset;
  if (!needs || document.querySelector(needs)) return true;
  form.querySelector(".said").textContent = lacks;
  return false;
}

/** Returns the entry of a form: {user, address, session, body, label}. */
function entryOf(form, submitter) {
  const { csrfmiddlewaretoken, exercises, ...body } = Object.fromEntries(new FormData(form));
  if (submitter?.name) body[submitter.name] = submitter.value;
  if (submitter?.dataset.sets) body.sets = submitter.dataset.sets; // what the lifter saw is what is stored, however late
  const address = addressOf(form, submitter);
  const session = form.closest("workout-session") ? location.pathname : address.replace(/(week\/\d+\/).*/, "$1");
  const { user } = document.documentElement.dataset;
  return { user, address, session, body: { ...body, local_date: today(), zone: zone() }, label: labelOf(form, submitter) };
}

const addressOf = (form, submitter) =>
  new URL(submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "", location).pathname;

const today = () => new Date().toLocaleDateString("sv"); // as 2026-11-30
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone; // as Asia/Tokyo

/** Tells the server the zone of this phone with every request, for four months, so that pages show the day of the phone. */
function tellZone() {
  document.cookie = `zone=${zone()};path=/;max-age=9999999`;
}

/** Enters an entry. The form counts as typed until the entry is on the phone's disk. `left`: typed fields that it lacks. */
async function enterForm(form, entry, left = {}) {
  const mark = markOf(form);
  const kept = await put(isSet(entry) ? checked(form, entry) : entry);
  if (markOf(form) === mark) {
    if (!Object.keys(left).length) endTyping(form);
    keepDraft({ ...entry, address: addressOf(form), fields: left, body: null });
  }
  send(kept);
}

let checked = (row, entry) => entry;

/** Lets `check(row, entry)` see the entry of each set before it is kept; what it returns is kept. */
export const checkSets = (check) => (checked = check);

const isSet = ({ address }) => /sets\/\d+\/$/.test(address);

export const enterEntry = async (entry) => send(await put(entry));

function send({ key, version }) {
  tell({ type: "kept", key, version });
  navigator.storage?.persist?.().catch(() => {});
  flush().catch(() => {});
}

// Below: fields that count without a tap, which are notes and the RIR of a logged set.

const typedHere = new WeakSet(); // forms typed into on this page, not filled from a draft

function keepTyped(form) {
  beginTyping(form);
  typedHere.add(form);
  if (form.closest("workout-session") && "outbox" in form.dataset) keepFields(form);
}

const keepFields = (form) => keepDraft({ ...entryOf(form), body: unaskedBody(form), fields: typedIn(form) });

/** Returns the fields of a form whose value was changed and not entered yet, by name. */
function typedIn(form) {
  const fields = [...form.elements].filter((one) => one.matches("textarea, input:not([type=hidden], [type=radio])"));
  return Object.fromEntries(fields.filter((one) => one.value !== one.defaultValue).map(({ name, value }) => [name, value]));
}

/** Returns the body that a form sends without a tap; null: nothing, or only a draft. */
function unaskedBody(form) {
  const { body } = entryOf(form);
  const changed = typedIn(form);
  if ("onLeave" in form.dataset) return Object.keys(changed).length ? body : null;
  // Else the lifter has to mend it first.
  if (!form.matches(".set-row--done") || faultsIn(changed.rir ?? "-", boundsOf(form).rir ?? {}).length) return null;
  // Weight and reps as they were logged: changes of these count only after a tap.
  const { weight, reps } = form.elements;
  return { ...body, weight: weight.defaultValue, reps: reps.defaultValue };
}

function enterUnasked(form) {
  const body = form.closest("workout-session") && typedHere.has(form) && markOf(form) && unaskedBody(form);
  if (body) enterForm(form, { ...entryOf(form), body }, leftBy(body, typedIn(form))).catch(() => {});
}

const taken = new WeakMap(); // by row, the body taken from it last, since "1,0" may be drawn as "1"

/** Enters the RIR of rows in which it was typed before their set was drawn as logged. */
function takeLogged() {
  for (const form of document.querySelectorAll("workout-session .set-row--done")) {
    if (!typedHere.has(form) || !markOf(form)) continue;
    keepFields(form);
    const words = JSON.stringify(unaskedBody(form));
    if (document.activeElement.form === form || taken.get(form) === words) continue;
    taken.set(form, words);
    enterUnasked(form);
  }
}

/** Returns those of `fields` that an entry with `body` lacks. */
const leftBy = (body, fields) => Object.fromEntries(Object.entries(fields).filter(([name, value]) => body[name] !== value));

/** Enters all such fields, when the page is left and before anything else is entered. */
function enterTyped(but) {
  for (const form of document.querySelectorAll("workout-session form[data-outbox]")) if (form !== but) enterUnasked(form);
}

/** Enters drafts of a page that was left before it could enter them. */
async function takeDrafts() {
  for (const { body, fields, at, ...entry } of draftsOf(document.documentElement.dataset.user)) {
    if (!body) continue;
    try {
      await enterEntry({ ...entry, body, made: at });
    } catch {
      keepDraft({ ...entry, fields, body: null }); // the phone keeps no entries: the draft comes back with its page
      continue;
    }
    const isSame = draftsOf(entry.user).some((one) => one.address === entry.address && one.at === at);
    if (isSame) keepDraft({ ...entry, fields: leftBy(body, fields), body: null });
  }
}

/** Returns the name of an entry, for places where its row is not shown. */
function labelOf(form, submitter = form.querySelector("[type=submit]")) {
  return form.getAttribute("aria-label") ?? submitter?.querySelector("span:first-child:not(.unseen)")?.textContent ?? submitter?.textContent.trim() ?? "";
}
