/** Takes what forms with `data-outbox` say into the outbox, online too, so that there is one way only. */
import { beginTyping, endTyping } from "./morph.js";
import { flush, put, tell } from "./outbox.js";

export function takeForms(document) {
  document.addEventListener("input", ({ target }) => target.form && beginTyping(target.form));
  document.addEventListener("submit", enter, true); // before those who go on from what was entered
}

const inPlain = new WeakSet();

function enter(event) {
  const { target: form, submitter } = event;
  const { user } = document.documentElement.dataset;
  if (!user || !("outbox" in form.dataset) || inPlain.has(form)) return;
  event.preventDefault();
  if (!submitter?.hasAttribute("formaction") && !form.reportValidity()) return event.stopPropagation();
  const { csrfmiddlewaretoken, ...body } = Object.fromEntries(new FormData(form));
  if (submitter?.name) body[submitter.name] = submitter.value;
  const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
  const address = new URL(action, location).pathname;
  const session = form.closest("workout-session") ? location.pathname : address.replace(/^(\/workouts\/\d+\/week\/\d+\/).*/, "$1");
  const local_date = new Date().toLocaleDateString("sv"); // as 2026-11-30
  const entry = { user, address, session, body: { ...body, local_date }, label: labelOf(form, submitter) };
  endTyping(form);
  enterEntry(entry).then(
    () => session !== location.pathname && location.assign(`${session}#exercise-${body.exercise ?? ""}`),
    () => {
      // The phone keeps nothing for us (private mode, a full disk): the plain way, as without this script.
      inPlain.add(form);
      form.requestSubmit(submitter);
    },
  );
}

export async function enterEntry(entry) {
  const kept = await put(entry);
  tell({ type: "kept", key: kept.key, version: kept.version });
  navigator.storage?.persist?.();
  flush();
}

/** What the entry is called where its row is not at hand. */
function labelOf(form, submitter) {
  return form.getAttribute("aria-label") ?? submitter?.querySelector("span:first-child:not(.unseen)")?.textContent ?? submitter?.textContent.trim() ?? "";
}
