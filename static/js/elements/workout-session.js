import { draftsOf, keepDraft } from "../drafts.js";
import { draw, formAt, sayRounded, withStoredWeight } from "../drawing.js";
import { enterEntry } from "../entering.js";
import { beginTyping, endTyping, isBehind, isHeld, markOf, morph } from "../morph.js";
import { dismiss, doneOf, entriesOf, flush, forget, mark, news, remove, tell } from "../outbox.js";
import { mean } from "../set-rows.js";

/** The workout page of a session: what the server drew, with this phone's later entries drawn over it. */
export class WorkoutSession extends HTMLElement {
  #page = document.createElement("template"); // as the server drew it
  #sending = 0; // the version of the entry that is being sent
  #isOld = false; // the server has stored something that the page does not show
  #drawing = null;

  connectedCallback() {
    this.#page.innerHTML = this.innerHTML;
    const named = location.hash && this.querySelector(location.hash)?.closest(".workout-card");
    if (named) unfoldIn(this, named.id);
    for (const { form, value, defaultValue, type } of this.querySelectorAll("input, textarea")) {
      if (form && type !== "radio" && value !== defaultValue) beginTyping(form); // restored by the browser
    }
    news.addEventListener("change", ({ detail }) => this.#hear(detail));
    this.onclick = ({ target }) => target.dataset.does && this.#do(target.dataset, target);
    for (const type of ["online", "offline"]) addEventListener(type, () => this.#draw());
    this.addEventListener("focusout", ({ target: { form } }) => setTimeout(() => form && isBehind(form) && this.#draw()));
    forget(Number(this.dataset.at)).catch(() => {}).then(() => this.#draw());
  }

  async #do({ does, key }, button) {
    if (does === "unfold") return this.unfold(button.closest(".workout-card"));
    if (does === "forget") return this.#forgetDrafts();
    const one = (list) => list.find((entry) => entry.key === key);
    const entry = one(await (does === "mine" || does === "dismiss" ? doneOf : entriesOf)(this.#user));
    if (!entry) return;
    if (does === "change") return formAt(this, entry.address).elements.weight.focus();
    if (does === "yes") {
      mean(entry);
      await mark(key, entry.version, { not_before: undefined });
    }
    if (does === "again") await mark(key, entry.version, { state: "kept", words: undefined });
    if (does === "discard") await remove(key, entry.version);
    if (does === "mine" || does === "dismiss") await dismiss(key);
    const { user, address, session, body, label } = entry;
    if (does === "mine") await enterEntry({ user, address, session, body, label });
    tell({ type: "kept", key });
    if (does === "again" || does === "yes") flush().catch(() => {});
  }

  /** Opens the card of an exercise and folds the others. The card stays where it is on the screen. */
  unfold(card) {
    const was = card.getBoundingClientRect().top;
    unfoldIn(this, card.id);
    scrollBy(0, card.getBoundingClientRect().top - was);
    this.dispatchEvent(new Event("drawn", { bubbles: true }));
  }

  #hear({ type, version, why }) {
    if (type !== "kept") this.#sending = type === "sending" ? version : 0; // a newly kept entry does not end the sending of another
    if (type === "stored") this.#isOld = true;
    if (type === "flushed" && !why && this.#isOld) this.#refresh();
    else this.#draw();
  }

  /** Draws one at a time. A call during a drawing draws once more afterwards. */
  #draw() {
    this.#drawing = (this.#drawing ?? Promise.resolve()).then(() => this.#drawNow()).catch(() => {});
  }

  async #drawNow() {
    const here = ({ session }) => session === location.pathname;
    const [kept, confirmed] = [entriesOf, doneOf].map((of) => of(this.#user).catch(() => [])); // none where storage is forbidden
    const waiting = (await kept).filter(here);
    const at = Number(this.dataset.at);
    const done = (await confirmed).filter((entry) => here(entry) && (entry.lost || entry.at >= at));
    const states = waiting.map((entry) => (entry.version === this.#sending ? { ...entry, state: "sending" } : entry));
    const fresh = this.cloneNode();
    const newer = new Set(waiting.map(({ key }) => key));
    const entries = [...done.filter(({ key }) => !newer.has(key)), ...states].sort((one, other) => one.edited - other.edited);
    fresh.append(this.#page.content.cloneNode(true));
    draw(fresh, entries.map(withStoredWeight));
    sayRounded(fresh);
    unfoldIn(fresh, this.querySelector(".workout-card:not(.workout-card--folded)")?.id);
    await needSignal(fresh);
    const wasOver = this.querySelector("#summary");
    morph(this, fresh);
    this.#restoreDrafts();
    this.#nameDrafts();
    if (!wasOver) this.querySelector("#summary")?.scrollIntoView();
    this.dispatchEvent(new Event("drawn", { bubbles: true }));
  }

  get #drafts() {
    return draftsOf(this.#user).filter(({ session, body }) => session === location.pathname && !body);
  }

  /** Puts what was typed before the page was left back into its fields. */
  #restoreDrafts() {
    for (const { address, fields } of this.#drafts) {
      const form = formAt(this, address);
      if (!form || isHeld(form)) continue;
      for (const [name, value] of Object.entries(fields)) {
        const field = form.elements[name];
        if (!field || field.value === value) continue;
        field.value = value;
        beginTyping(form);
      }
    }
  }

  get #typedSets() {
    return [...this.querySelectorAll(".set-row")].filter(markOf);
  }

  /** Names, in the summary, the sets that were typed and not logged. */
  #nameDrafts() {
    const line = this.querySelector("#summary [data-drafts]");
    if (!line) return;
    const sets = this.#typedSets.map((row) => row.ariaLabel);
    line.hidden = !sets.length;
    line.querySelector("span").textContent = sets.join("; ");
  }

  #forgetDrafts() {
    for (const draft of this.#drafts) if (/\/sets\/\d+\/$/.test(draft.address)) keepDraft({ ...draft, fields: {} });
    this.#typedSets.forEach(endTyping);
    this.#draw();
  }

  async #refresh() {
    const answer = await fetch(location.pathname, { redirect: "manual", cache: "no-store" }).catch(() => null);
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const session = page && page.querySelector("workout-session");
    const isMine = page && page.documentElement.dataset.user === this.#user;
    if (session && isMine && Number(session.dataset.at) > Number(this.dataset.at)) {
      this.#isOld = false;
      this.#page.innerHTML = session.innerHTML;
      this.dataset.at = session.dataset.at;
    }
    this.#draw();
  }

  get #user() {
    return document.documentElement.dataset.user;
  }
}

/** Leaves one card open. Where it is gone, the page stays as it was drawn. */
function unfoldIn(root, id) {
  if (!root.querySelector(`#${id}`)) return;
  for (const card of root.querySelectorAll(".workout-card")) {
    card.classList.toggle("workout-card--folded", card.id !== id);
    const button = card.querySelector(".workout-card__unfold");
    if (button) button.ariaExpanded = String(card.id === id);
  }
}

/** Tells whether there are caches. There are none without HTTPS, and looking throws where storage is forbidden. */
function isCaching() {
  try {
    return Boolean(self.caches);
  } catch {
    return false;
  }
}

/** Disables links to pages that are not saved, while the phone is offline, and says so before the tap. */
async function needSignal(root) {
  if (navigator.onLine || !isCaching()) return;
  for (const link of root.querySelectorAll("a[data-saved]")) {
    if (await caches.match(link.href, { ignoreVary: true })) continue;
    link.removeAttribute("href");
    link.firstChild.data += ` (${link.dataset.saved})`; // in the same text node, so that it wraps as one text
  }
}
