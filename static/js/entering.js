/** Takes what forms with `data-outbox` say into the outbox, online too, so that there is one way only. */
import { draftsOf, keepDraft } from "./drafts.js";
import { beginTyping, endTyping, markOf } from "./morph.js";
import { flush, put, tell } from "./outbox.js";

export function takeForms(document) {
  document.addEventListener("input", ({ target: { form } }) => form && keepTyped(form));
  document.addEventListener("change", ({ target: { form, type } }) => {
    if (type === "radio" && form?.matches("[data-on-tap]")) form.requestSubmit();
    else if (form) enterUnasked(form);
  });
  document.addEventListener("submit", enter, true); // before those who go on from what was entered
  document.addEventListener("drawn", takeLogged);
  document.addEventListener("visibilitychange", () => document.hidden && enterTyped());
  addEventListener("pagehide", enterTyped);
  takeDrafts().catch(() => {});
}

const inPlain = new WeakSet();

function enter(event) {
  const { target: form, submitter } = event;
  const { user } = document.documentElement.dataset;
  if (!user || !("outbox" in form.dataset) || inPlain.has(form)) return;
  event.preventDefault();
  if (!submitter?.hasAttribute("formaction") && !form.reportValidity()) return event.stopPropagation();
  enterTyped(form);
  const entry = entryOf(form, submitter);
  enterForm(form, entry).then(
    () => entry.session !== location.pathname && location.assign(`${entry.session}#exercise-${entry.body.exercise ?? ""}`),
    () => {
      // The phone keeps nothing for us (private mode, a full disk): the plain way, as without this script.
      inPlain.add(form);
      form.requestSubmit(submitter);
    },
  );
}

/** Gives {user, address, session, body, label}. */
function entryOf(form, submitter) {
  const { csrfmiddlewaretoken, ...body } = Object.fromEntries(new FormData(form));
  if (submitter?.name) body[submitter.name] = submitter.value;
  const address = addressOf(form, submitter);
  const session = form.closest("workout-session") ? location.pathname : address.replace(/^(\/workouts\/\d+\/week\/\d+\/).*/, "$1");
  const { user } = document.documentElement.dataset;
  return { user, address, session, body: { ...body, local_date: today() }, label: labelOf(form, submitter) };
}

const addressOf = (form, submitter) =>
  new URL(submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "", location).pathname;

const today = () => new Date().toLocaleDateString("sv"); // as 2026-11-30

/** Until it is on the phone's disk it counts as typed. `left`: the fields that it does not say. */
async function enterForm(form, entry, left = {}) {
  const mark = markOf(form);
  const kept = await put(entry);
  if (markOf(form) === mark) {
    if (!Object.keys(left).length) endTyping(form);
    keepDraft({ ...entry, address: addressOf(form), fields: left, body: null });
  }
  send(kept);
}

export const enterEntry = async (entry) => send(await put(entry));

function send({ key, version }) {
  tell({ type: "kept", key, version });
  navigator.storage?.persist?.();
  flush();
}

// What needs no tap to be true: a note, and the RIR of a set that is logged.

const RIR = /^(10|\d([.,]\d)?)?$/; // anything else is for its lifter to mend before it is sent
const typedHere = new WeakSet(); // forms, as against those that a draft came back into

function keepTyped(form) {
  beginTyping(form);
  typedHere.add(form);
  if (form.closest("workout-session") && "outbox" in form.dataset) keepFields(form);
}

const keepFields = (form) => keepDraft({ ...entryOf(form), body: unaskedBody(form), fields: typedIn(form) });

/** The fields of a form that say something else than what stands there, by name. */
function typedIn(form) {
  const fields = [...form.elements].filter((one) => one.matches("textarea, input:not([type=hidden], [type=radio])"));
  return Object.fromEntries(fields.filter((one) => one.value !== one.defaultValue).map(({ name, value }) => [name, value]));
}

/** What a form says without a tap; null: nothing, or it is a draft. */
function unaskedBody(form) {
  const { body } = entryOf(form);
  const typed = typedIn(form);
  if ("onLeave" in form.dataset) return Object.keys(typed).length ? body : null;
  if (!form.matches(".set-row--done") || !RIR.test(typed.rir ?? "-")) return null;
  // The set as it stands: another weight or other reps are not said before they are saved.
  const { weight, reps } = form.elements;
  return { ...body, weight: weight.defaultValue, reps: reps.defaultValue };
}

function enterUnasked(form) {
  const body = form.closest("workout-session") && typedHere.has(form) && markOf(form) && unaskedBody(form);
  if (body) enterForm(form, { ...entryOf(form), body }, leftBy(body, typedIn(form))).catch(() => {});
}

const taken = new WeakMap(); // by row, what was taken from it last: it may be drawn otherwise than it was typed

/** A row in which the RIR was typed before its set was drawn as logged. */
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

/** What of `fields` an entry with `body` does not say. */
const leftBy = (body, fields) => Object.fromEntries(Object.entries(fields).filter(([name, value]) => body[name] !== value));

/** On leaving, and before anything else is entered. */
function enterTyped(but) {
  for (const form of document.querySelectorAll("workout-session form[data-outbox]")) if (form !== but) enterUnasked(form);
}

/** What a page that was left in a hurry could not enter any more. */
async function takeDrafts() {
  for (const { body, fields, at, ...entry } of draftsOf(document.documentElement.dataset.user)) {
    if (!body) continue;
    try {
      await enterEntry({ ...entry, body, made: at });
    } catch {
      keepDraft({ ...entry, fields, body: null }); // the phone keeps no entries: it comes back with its page
      continue;
    }
    const isSame = draftsOf(entry.user).some((one) => one.address === entry.address && one.at === at);
    if (isSame) keepDraft({ ...entry, fields: leftBy(body, fields), body: null });
  }
}

/** What the entry is called where its row is not at hand. */
function labelOf(form, submitter = form.querySelector("[type=submit]")) {
  return form.getAttribute("aria-label") ?? submitter?.querySelector("span:first-child:not(.unseen)")?.textContent ?? submitter?.textContent.trim() ?? "";
}
