import { lasting } from "../store.js";

/** Counts down the rest after a set. Computes the time left from the stored end, so that no tick can be lost. */
export class RestTimer extends HTMLElement {
  #usual = 0;
  #sound = null;
  #tick = 0;

  connectedCallback() {
    this.#usual = this.dataset.rest;
    this.addEventListener("click", this);
    document.addEventListener("visibilitychange", this);
    addEventListener("storage", this);
    this.#draw();
  }

  handleEvent({ type, target }) {
    if (type !== "click") return this.#draw();
    const { end, whole } = this.#kept;
    const isRunning = end > Date.now();
    if (target.dataset.add && isRunning) this.#keep(end + target.dataset.add * 1000, whole);
    else if (target.matches(".rest-timer__time")) isRunning ? this.stop() : this.start(this.#usual);
  }

  /** Sets the seconds (text or number) of the next rest. */
  set usual(seconds) {
    this.#usual = seconds;
    this.#draw();
  }

  start(seconds) {
    this.unlock();
    this.#keep(Date.now() + seconds * 1000, seconds * 1000);
  }

  stop() {
    this.#keep(0);
  }

  /** When the rest ends, in ms; in the past where none runs. */
  get end() {
    return this.#kept.end;
  }

  /** Prepares the sound. Browsers allow that only right after a tap. It is slow, so the page answers the tap first. */
  unlock() {
    setTimeout(() => {
      this.#sound ??= self.AudioContext && new AudioContext();
      this.#sound?.resume();
    }, 100);
  }

  /** {end, whole} in ms, stored so that the rest goes on while the phone sleeps. */
  get #kept() {
    try {
      return JSON.parse(lasting.read("rest") ?? '{"end":0}');
    } catch {
      return { end: 0 }; // the value is not ours
    }
  }

  #keep(end, whole) {
    lasting.write("rest", JSON.stringify({ end, whole }));
    this.querySelector("[role=status]").textContent = "";
    this.dispatchEvent(new Event("rest", { bubbles: true }));
    this.#draw();
  }

  #draw() {
    const { end, whole } = this.#kept;
    const left = end - Date.now();
    const isRunning = left > 0;
    const time = this.querySelector(".rest-timer__time");
    const seconds = isRunning ? Math.ceil(left / 1000) : this.#usual;
    if (!isRunning && this.dataset.state === "runs" && end) {
      this.querySelector("[role=status]").textContent = this.dataset.over;
      if (left > -5_000) this.ring(); // else it is too late
    }
    this.dataset.state = isRunning ? "runs" : left > -60_000 ? "over" : "idle";
    const shown = this.dataset.state === "over" ? this.dataset.go : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    time.textContent = shown;
    time.ariaLabel = this.dataset[isRunning ? "skip" : "start"].replace("{time}", shown);
    time.style.setProperty("--left", isRunning ? left / whole : 0);
    for (const button of this.querySelectorAll("[data-add]")) button.disabled = !isRunning;
    clearTimeout(this.#tick);
    if (isRunning) this.#tick = setTimeout(() => this.#draw(), left % 1000 || 1000); // when the next second begins
  }

  ring() {
    navigator.vibrate?.([200, 100, 200]);
    const sound = this.#sound;
    for (const after of sound ? [0, 0.25, 0.5] : []) {
      const at = sound.currentTime + after;
      const note = sound.createOscillator();
      note.frequency.value = 880;
      note.connect(sound.destination);
      note.start(at);
      note.stop(at + 0.12);
    }
  }
}
