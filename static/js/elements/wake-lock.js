// On the home screen of iOS before 18.4 it is granted and does nothing.
const [, major, minor] = navigator.userAgent.match(/ OS (\d+)_(\d+)/) ?? [];
const canStayOn = navigator.wakeLock && !(navigator.standalone && Number(major) + minor / 100 < 18.04);

/** Keeps the screen on while a session runs, and says whether that works. */
export class WakeLock extends HTMLElement {
  #lock = null;

  connectedCallback() {
    for (const type of ["drawn", "visibilitychange"]) document.addEventListener(type, () => this.#ask());
    this.#ask();
  }

  async #ask() {
    const isWanted = document.querySelector(".set-row--done") && !document.querySelector("#summary");
    if (isWanted && canStayOn && !this.#lock && !document.hidden) {
      this.#lock = {}; // requested, not yet granted
      this.#lock = await navigator.wakeLock.request("screen").catch(() => null);
      this.#lock?.addEventListener("release", () => {
        this.#lock = null;
        this.#say(isWanted);
      });
    } else if (!isWanted) await this.#lock?.release?.();
    this.#say(isWanted);
  }

  #say(isWanted) {
    this.textContent = isWanted ? this.dataset[this.#lock?.release ? "stays" : "dark"] : "";
  }
}
