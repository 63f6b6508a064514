import { checkSets } from "../entering.js";
import { doneOf, entriesOf, forget, news } from "../outbox.js";
import { formAt, heldIfOdd } from "../set-rows.js";
import { afterFrame, draftsOf, keepDraft } from "../store.js";
import { beginTyping, endTyping, isBehind, isHeld, markOf } from "../typing.js";

/** The workout page of a session: what the server drew, with this phone's later entries drawn over it. */
export class WorkoutSession extends HTMLElement {
  #page; // as the server drew it, with the parts that came later
  #sending = 0; // the version of the entry that is being sent
  #isOld = false; // the server has stored something that the page does not show
  #taken = new Set(); // versions of entries that the page shows since their answers brought the parts
  #at = 0; // the time of the latest of these
  #drawing = Promise.resolve();
  #isDrawn = false; // once
  #isDue = false; // a drawing has not begun yet
  #loaded; // the page as it was loaded, until it is changed
  #isChanged = false; // by an entry, by what was fetched, or by the loss of the signal

  connectedCallback() {
    checkSets(heldIfOdd);
    this.#page = parse(this.outerHTML).firstChild;
    const named = location.hash && this.querySelector(location.hash)?.closest(".workout-card");
    if (named) unfoldIn(this, named.id);
    for (const { form, value, defaultValue, type } of this.querySelectorAll("input, textarea")) {
      if (form && type !== "radio" && value !== defaultValue) beginTyping(form); // restored by the browser
    }
    news.addEventListener("change", ({ detail }) => this.#hear(detail));
    // What less time leaves out depends on the whole session, which no part tells.
    this.onclick = (event) => {
      const { target } = event;
      if (target.matches("a[data-does]")) event.preventDefault();
      return target.dataset.does ? this.#do(target.dataset, target) : target.closest("#shorten") && this.#refresh();
    };
    for (const type of ["online", "offline"]) addEventListener(type, () => this.#draw());
    this.addEventListener("focusout", ({ target: { form } }) => setTimeout(() => form && isBehind(form) && this.#draw()));
    forget(Number(this.dataset.at)).catch(() => {}).then(() => this.#draw());
  }

  async #do({ does, key }, button) {
    if (does === "unfold") return this.unfold(button.closest(".workout-card"));
    if (does === "forget") return this.#forgetDrafts();
    if (does === "drop" || does === "myo" || does === "leave") return this.#continue(button.closest(".set-row"), does);
    const { decide } = await import("../drawing.js"); // which drew the button
    await decide(this, does, key);
  }

  /** Adds the row of a drop or of myo-reps behind a set, and brings it into the tray; or takes such a row away. */
  async #continue(row, does) {
    const { begin, leave } = await import("../continuing.js");
    const id = does === "leave" ? leave(row) : begin(row, does);
    this.#isChanged = true;
    this.#draw();
    await this.#drawing;
    const begun = document.getElementById(id);
    if (begun) document.querySelector("set-dock").go(begun);
  }

  /** Opens the card of an exercise and folds the others. The card stays where it is on the screen. */
  unfold(card) {
    const was = card.getBoundingClientRect().top;
    unfoldIn(this, card.id);
    scrollBy(0, card.getBoundingClientRect().top - was);
    this.dispatchEvent(new Event("drawn", { bubbles: true }));
  }

  #hear({ type, version, why, answer }) {
    if (type !== "kept") this.#sending = type === "sending" ? version : 0; // a newly kept entry does not end the sending of another
    if (type === "stored" && !this.#take(version, answer)) this.#isOld = true;
    if (type === "flushed" && !why && this.#isOld) this.#refresh();
    else this.#draw();
  }

  /** Puts the parts that an answer brought into the server's page. Falsy: it brought none, or more than these changed. */
  #take(version, answer) {
    const [said, ...parts] = parse(answer).children;
    const inPage = (selector) => this.#page.querySelector(selector);
    const old = parts.map(({ id }) => inPage(`#${id}`));
    if (inPage(`#summary, #left-open, #waiting-${parts[0]?.dataset.muscle}`) || !old[0] || old.includes(null) || !said.dataset.address.startsWith(location.pathname)) return;
    parts.forEach((part, place) => old[place].replaceWith(part));
    this.#at = Number(said.dataset.at) + 1; // they were read after the entry was stored
    return this.#taken.add(version);
  }

  /** Draws one at a time, and once for calls in a row. A call during a drawing draws once more afterwards. */
  #draw() {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#drawing = this.#drawing.then(afterFrame).then(() => this.#drawNow()).catch(() => {});
  }

  async #drawNow() {
    this.#isDue = false;
    const latest = this.#at;
    const here = ({ session }) => session === location.pathname;
    const [kept, confirmed] = [entriesOf, doneOf].map((of) => of(this.#user).catch(() => [])); // none where storage is forbidden
    const waiting = (await kept).filter(here);
    const isMissing = ({ at, version }) => at >= this.#page.dataset.at && !this.#taken.has(version);
    const done = (await confirmed).filter((entry) => here(entry) && (entry.lost || isMissing(entry)));
    const states = waiting.map((entry) => (entry.version === this.#sending ? { ...entry, state: "sending" } : entry));
    const fresh = this.#page.cloneNode(true);
    const newest = new Map([...done, ...states].map((entry) => [entry.key, entry]));
    const wasOver = this.querySelector("#summary");
    await this.#show(fresh, [...newest.values()].sort((one, other) => one.edited - other.edited));
    this.#restoreDrafts();
    this.#nameDrafts();
    if (!wasOver) this.querySelector("#summary")?.scrollIntoView();
    this.dispatchEvent(new Event("drawn", { bubbles: true }));
    if (latest <= this.#page.dataset.at || done.some(isMissing)) return;
    this.dataset.at = this.#page.dataset.at = latest; // what was stored before that is shown
    navigator.serviceWorker?.controller?.postMessage({ type: "renew", session: this.#page.outerHTML });
  }

  /** Shows `fresh` with `entries` drawn over it. As long as there is nothing to draw, the page stays as it was loaded, and
   * the scripts that draw are not. */
  async #show(fresh, entries) {
    this.#isChanged ||= entries.length || this.#taken.size || !navigator.onLine;
    if (!this.#isChanged) {
      this.#loaded ??= fresh;
      return unfoldIn(this, this.#atHand(fresh));
    }
    const { draw, drawBegun, morph, remember } = await import("../drawing.js");
    await draw(fresh, entries);
    drawBegun(fresh, entries);
    const open = this.#atHand(fresh);
    // There are no caches without HTTPS, or storage is forbidden.
    if (!navigator.onLine) await import("../signal.js").then(({ needSignal }) => needSignal(fresh)).catch(() => {});
    if (this.#loaded) remember(this, this.#loaded);
    this.#loaded = null;
    unfoldIn(fresh, open);
    morph(this, fresh);
  }

  /** Returns the id of the card that is open. A page that was saved earlier opens on the first with a set to do. */
  #atHand(fresh) {
    const [toDo] = fresh.querySelectorAll(".workout-card expected-reps .set-row:not(.set-row--done)");
    const open = this.querySelector(".workout-card:not(.workout-card--folded)");
    const hasSets = (root) => root.querySelector(`#${open.id} expected-reps .set-row:not(.set-row--done)`);
    const isWhole = open && fresh.querySelector(`#${open.id} expected-reps .set-row`); // it was not left out
    const isOver = isWhole && !hasSets(fresh) && (!this.#isDrawn || hasSets(this)); // nor is a set of it to do any more
    this.#isDrawn = true;
    return (isOver ? toDo?.closest(".workout-card") : open)?.id;
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
    const answer = await fetch(location.pathname).catch(() => null);
    const isMine = answer?.headers.get("MetricGain-User") === this.#user;
    const session = isMine && parse(await answer.text()).querySelector("workout-session");
    if (session && session.dataset.at > this.#at) {
      this.#isOld = false;
      this.#taken.clear();
      this.#isChanged = true;
      this.#page = session;
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
    card.querySelector(".workout-card__unfold").ariaExpanded = String(card.id === id);
  }
}

const parse = (innerHTML) => Object.assign(document.createElement("template"), { innerHTML }).content;
