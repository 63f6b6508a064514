import { doneOf, entriesOf, news } from "../outbox.js";

const ENDS = /\/(finish|skip|reopen)\/$/;

/** Stands around the workouts of Today. One that this phone has ended, and the page does not know of, gives way to the next. */
customElements.define(
  "next-workout",
  class extends HTMLElement {
    connectedCallback() {
      const draw = () => this.#draw().catch(() => {}); // storage is forbidden
      news.addEventListener("change", draw);
      draw();
    }

    async #draw() {
      const { user } = document.documentElement.dataset;
      const kept = await entriesOf(user); // in this order, since entries move from the first to the second
      const done = (await doneOf(user)).filter(({ at }) => at >= this.dataset.at);
      const ends = [...done, ...kept.filter(({ state }) => state !== "refused")].filter(({ address }) => ENDS.test(address));
      const latest = new Map(ends.sort((one, other) => one.edited - other.edited).map((entry) => [entry.session, entry]));
      const endOf = ({ dataset: { session } }) => [latest.get(session)].find((entry) => entry && !entry.address.endsWith("reopen/"));
      const workouts = [...this.querySelectorAll("[data-session]")];
      const next = workouts.find((one) => !endOf(one)) ?? null;
      for (const one of workouts) one.hidden = one !== next;
      const [ended, over] = this.querySelectorAll("[data-part]");
      over.hidden = Boolean(next);
      const lines = workouts.filter(endOf).map((one) => this.#say(one.dataset.name, endOf(one)));
      if (ended.textContent !== lines.map((line) => line.textContent).join("")) ended.replaceChildren(...lines);
    }

    /** Returns what became of a workout, as a line. */
    #say(name, { address, state }) {
      const line = document.createElement("p");
      const { done, skipped, waits } = this.dataset;
      const [before, after] = (address.endsWith("skip/") ? skipped : done).split("{}");
      line.className = "note";
      line.append(before, Object.assign(document.createElement("bdi"), { textContent: name }), `${after} `, state === "stored" ? "" : waits);
      return line;
    }
  },
);
