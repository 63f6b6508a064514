import { entriesOf, flush } from "../outbox.js";
import { amount } from "./outbox-state.js";

/** Around a form that signs out: what is unsent comes first. The worker deletes saved pages when the form is posted. */
export class SignOut extends HTMLElement {
  #isAsked = false;

  connectedCallback() {
    this.addEventListener("submit", this);
  }

  async handleEvent(event) {
    event.preventDefault();
    if (await this.#guard(event.target).catch(() => true)) event.target.submit();
  }

  /** Sends what waits. Where that fails it says so once, and gives false; then, or else, it deletes the saved pages. */
  async #guard(form) {
    await Promise.race([flush(), new Promise((resolve) => setTimeout(resolve, 5_000))]).catch(() => {});
    const left = await entriesOf(document.documentElement.dataset.user).catch(() => []);
    if (left.length && !this.#isAsked) {
      this.#isAsked = true;
      const words = document.createElement("p");
      words.className = "note note--warn";
      words.setAttribute("role", "alert");
      words.textContent = `Not sent yet: ${amount(left)}. What is not sent stays on this phone until you sign in here again.`;
      form.before(words);
      form.querySelector("[type=submit]").textContent = "Sign out all the same";
      return false;
    }
    const pages = self.caches ? (await caches.keys()).filter((name) => name.startsWith("metricgain-pages")) : [];
    await Promise.all(pages.map((name) => caches.delete(name)));
    return true;
  }
}
