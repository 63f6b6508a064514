import { entriesOf, flush, mayBeWrong, meet, news } from "../outbox.js";

const [FIRST, LONGEST] = [2_000, 60_000]; // ms between two attempts

/** The line in the header that says what is not on the server yet. It also keeps trying to send that. */
export class OutboxState extends HTMLElement {
  #why = "";
  #wait = FIRST;
  #timer = 0;
  #isSending = false;
  #drawing = Promise.resolve();

  connectedCallback() {
    news.addEventListener("change", ({ detail }) => this.#hear(detail));
    for (const type of ["online", "pageshow"]) addEventListener(type, () => this.#now());
    document.addEventListener("visibilitychange", () => document.hidden || this.#now());
    this.#now();
    mayBeWrong().then((yes) => yes && meet()).catch(() => {});
  }

  #now() {
    this.#wait = FIRST;
    this.#draw();
    flush().catch(() => {});
  }

  #hear({ type, why }) {
    if (type !== "stored" && type !== "kept") this.#isSending = type === "sending";
    if (type === "flushed") this.#why = why;
    this.#draw();
    if (type !== "flushed") return;
    clearTimeout(this.#timer);
    if (!why) {
      this.#wait = FIRST;
      this.#whenDue().catch(() => {});
    } else if (why !== "signed out" && why !== "another user") this.#later();
  }

  #later() {
    this.#timer = setTimeout(() => flush().catch(() => {}), this.#wait * (0.5 + Math.random()));
    this.#wait = Math.min(this.#wait * 2, LONGEST);
  }

  /** Tries again when what waits for an answer of the lifter has waited long enough. */
  async #whenDue() {
    const due = (await entriesOf()).map(({ not_before }) => not_before).filter(Boolean);
    if (due.length) this.#timer = setTimeout(() => flush().catch(() => {}), Math.min(...due) - Date.now() + 1);
  }

  /** Draws one at a time; otherwise an older drawing could finish last. */
  #draw() {
    this.#drawing = this.#drawing.then(() => this.#drawNow()).catch(() => {});
  }

  async #drawNow() {
    const { user } = document.documentElement.dataset;
    const entries = await entriesOf();
    const mine = entries.filter((entry) => entry.user === user);
    const waiting = mine.filter(({ state }) => state !== "refused");
    const said = [];
    if (waiting.length && this.#why === "signed out") {
      said.push(link(`/login/?next=${encodeURIComponent(location.pathname)}`, this.dataset.login.replace("{}", amount(waiting))));
    } else if (waiting.length) {
      said.push(this.dataset[this.#isSending ? "sends" : "waits"].replace("{}", amount(waiting)));
    } else if (entries.length > mine.length) {
      said.push(this.dataset.foreign.replace("{}", amount(entries.filter((entry) => entry.user !== user))));
    }
    const refused = mine.length - waiting.length;
    if (refused) said.push(link(mine.find(({ state }) => state === "refused").session, many(refused, "need", "needs")));
    this.replaceChildren(...said.flatMap((each, place) => (place ? [" ", each] : [each])));
  }
}

function link(href, textContent) {
  return Object.assign(document.createElement("a"), { href, textContent });
}

/** Returns "4 sets", or "1 set and 2 changes". */
export function amount(entries) {
  const sets = entries.filter(({ address }) => /sets\/\d+\/$/.test(address)).length;
  const said = [many(sets, "set", "sets"), many(entries.length - sets, "change", "changes")];
  return said.filter(Boolean).join(words().and);
}

/** The words that came with the page, as data attributes. */
const words = () => document.querySelector("outbox-state").dataset;

const many = (count, one, more) => count && words()[count === 1 ? one : more].replace("{}", count);
