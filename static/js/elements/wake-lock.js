/** Keeps the screen on while a workout is under way, and says whether it does. */
export class WakeLock extends HTMLElement {
  #lock = null;
  #isAsking = false;

  connectedCallback() {
    for (const type of ["drawn", "visibilitychange"]) document.addEventListener(type, () => this.#ask());
    this.#ask();
  }

  async #ask() {
    const isWanted = document.querySelector(".set-row--done") && !document.querySelector("#summary");
    if (!isWanted) {
      await this.#lock?.release();
      this.#say("");
    } else if (!navigator.wakeLock) this.#say("This browser lets the screen go dark.");
    else if (!this.#lock && !this.#isAsking && !document.hidden) {
      this.#isAsking = true;
      this.#lock = await navigator.wakeLock.request("screen").catch(() => null);
      this.#isAsking = false;
      this.#lock?.addEventListener("release", () => {
        this.#lock = null;
        this.#say("");
      });
      this.#say(this.#lock ? "The screen stays on." : "The phone lets the screen go dark: is it saving power?");
    }
  }

  #say(words) {
    if (this.textContent !== words) this.textContent = words;
  }
}
