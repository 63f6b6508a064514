import { typed } from "../numbers.js";
import { rulesOf } from "../set-rows.js";
import { ofTab } from "../store.js";

const LATE = 5e3; // ms after which the target rings no more

/**
 * Times the hold of the row in the tray: down to its seconds, and up from there. Computes the time from its start, so that
 * no tick can be lost. The seconds held go into the row when it is stopped, and when its set is logged.
 */
export class HoldTimer extends HTMLElement {
  #row = null;
  #tick = 0;
  #awaits = false; // whether the target is still to ring
  #awake = null; // the lock that keeps the screen on
  #targets = new WeakMap(); // by row, what was to be held before the number became what was held
  #sides = new WeakMap(); // by row, the seconds of the side before

  connectedCallback() {
    const dock = this.closest("set-dock");
    this.querySelector("button").addEventListener("click", () => (this.#isHere ? this.#stop() : this.#start()));
    dock.querySelector("[data-part=side]").addEventListener("click", () => this.#changeSides());
    for (const type of ["submit", "visibilitychange"]) addEventListener(type, this, true); // before the form is read
    const { row, target } = this.#kept;
    const begun = document.getElementById(row);
    if (!begun || this.#held > rulesOf(begun).held.most) this.#keep({}); // forgotten
    else this.#targets.set(begun, target);
    this.#awaits = this.#held < target;
    this.show(dock.row);
  }

  handleEvent({ type, target, submitter }) {
    if (type === "visibilitychange") this.#stayOn();
    else if (target.id === this.#kept.row && !submitter?.hasAttribute("formaction")) this.#stop();
    this.#draw();
  }

  /** Shows the time of a row, which comes into the tray. */
  show(row) {
    this.#row = row;
    this.#draw();
  }

  #start() {
    const row = this.#row;
    const { reps } = row.elements;
    const target = this.#targets.get(row) ?? (typed(reps.value) || 0);
    this.#targets.set(row, target);
    this.#keep({ row: row.id, target, start: Date.now() });
    this.#awaits = target > 0;
    this.#rest.stop();
    this.#rest.unlock();
    this.#stayOn();
    this.#draw();
  }

  #stop() {
    const row = document.getElementById(this.#kept.row);
    const held = Math.min(Math.floor(this.#held), this.#sides.get(row) ?? Infinity); // of two sides, the weaker one
    this.#keep({});
    this.#stayOn();
    if (!row || !held) return this.#draw(); // stopped as it began
    row.elements.reps.value = held;
    row.elements.reps.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Notes what the first side held. The tray then counts down the pause. */
  #changeSides() {
    const row = this.#row;
    if (this.#isHere) this.#stop();
    if (this.#targets.has(row)) this.#sides.set(row, typed(row.elements.reps.value));
  }

  get #rest() {
    return this.parentElement.querySelector("rest-timer");
  }

  /** {row: its id, target: in seconds, 0 without one, start: in ms}; empty where no hold runs. A reload keeps it. */
  get #kept() {
    return JSON.parse(ofTab.read(`hold ${location.pathname}`) ?? "{}");
  }

  #keep(hold) {
    ofTab.write(`hold ${location.pathname}`, JSON.stringify(hold));
    this.querySelector("[role=status]").textContent = "";
  }

  get #held() {
    return (Date.now() - this.#kept.start) / 1e3;
  }

  get #isHere() {
    return Boolean(this.#row) && this.#kept.row === this.#row.id;
  }

  async #stayOn() {
    (await this.#awake)?.release();
    this.#awake = this.#kept.row && !document.hidden ? navigator.wakeLock?.request("screen").catch(() => null) : null;
  }

  #draw() {
    clearTimeout(this.#tick);
    const { row, target } = this.#kept;
    const held = this.#held;
    const left = target - Math.floor(held);
    const [time, button, status] = this.querySelectorAll("[role=timer], button, [role=status]");
    this.dataset.state = !this.#isHere ? "idle" : target && left <= 0 ? "over" : "runs";
    button.textContent = this.dataset[this.#isHere ? "stop" : "start"];
    time.textContent = !this.#isHere ? "" : !target ? clock(-left) : left > 0 ? clock(left) : `+${clock(-left)}`;
    if (!row) return;
    this.#tick = setTimeout(() => this.#draw(), 1e3 * (1 - (held % 1)));
    if (!this.#awaits || left > 0) return;
    this.#awaits = false;
    status.textContent = this.dataset.over;
    if (held - target < LATE / 1e3) this.#rest.ring();
  }
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
