import { forgetPagesAndRings } from "../forgetting.js";
import { entriesOf, flush } from "../outbox.js";
import { amount } from "./outbox-state.js";

/** Stands around a form that signs out. Sends unsent entries first. The worker deletes saved pages upon the post. */
customElements.define(
  "sign-out",
  class extends HTMLElement {
    connectedCallback() {
      this.addEventListener("submit", this);
    }

    async handleEvent(event) {
      event.preventDefault();
      if (!(await this.#keeps().catch(() => false))) event.target.submit();
    }

    /** Sends what waits. Returns true if something is left and the lifter was not told yet; else deletes saved pages, and
     * lets this device ring no more. */
    async #keeps() {
      await Promise.race([flush(), new Promise((resolve) => setTimeout(resolve, 5_000))]).catch(() => {});
      const left = await entriesOf(document.documentElement.dataset.user);
      const [unsent] = this.children;
      if (left.length && unsent.hidden) {
        unsent.hidden = false;
        unsent.firstElementChild.textContent = amount(left);
        const button = this.querySelector("[type=submit]");
        button.textContent = button.dataset.anyway;
        return true;
      }
      await forgetPagesAndRings();
    }
  },
);
