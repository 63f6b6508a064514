/** Keeps the screen on while a session runs, and says whether that works. */
export class WakeLock extends HTMLElement {
  #lock = null;

  connectedCallback() {
    for (const type of ["drawn", "visibilitychange"]) document.addEventListener(type, () => this.#ask());
    this.#ask();
  }

  async #ask() {
    const isWanted = document.querySelector(".set-row--done") && !document.querySelector("#summary");
    if (isWanted && this.#canStayOn && !this.#lock && !document.hidden) {
      this.#lock = {}; // requested, not yet granted
      this.#lock = await navigator.wakeLock.request("screen").catch(() => null);
      this.#lock?.addEventListener("release", () => {
        this.#lock = null;
        this.#say(isWanted);
      });
    } else if (!isWanted) await this.#lock?.release?.();
    this.#say(isWanted);
  }

  /** On the home screen of iOS before `data-ios` it is granted and does nothing. */
  get #canStayOn() {
    const versions = [this.dataset.ios, navigator.userAgent.match(/ OS (\d+_\d+)/)?.[1] ?? ""];
    const [least, here] = versions.map((version) => version.split(/[._]/).reduce((sum, part) => sum * 100 + Number(part), 0));
    return navigator.wakeLock && !(navigator.standalone && here < least);
  }

  #say(isWanted) {
    this.textContent = isWanted ? this.dataset[this.#lock?.release ? "stays" : "dark"] : "";
  }
}
