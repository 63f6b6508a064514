import { forgetPagesAndRings } from "../forgetting.js";
import { dismiss, doneOf, entriesOf, remove } from "../outbox.js";
import { draftsOf, keepDraft } from "../store.js";

/** Stands on the page that says that an account is deleted, with its number. Lets the device forget what it kept of it. */
customElements.define(
  "account-deleted",
  class extends HTMLElement {
    async connectedCallback() {
      const { gone } = this.dataset;
      for (const draft of draftsOf(gone)) keepDraft({ ...draft, fields: {} });
      await this.#forgetEntries(gone).catch(() => {}); // storage is forbidden, so there are none
      await forgetPagesAndRings().catch(() => {});
    }

    async #forgetEntries(gone) {
      for (const { key, version } of await entriesOf(gone)) await remove(key, version);
      for (const { key } of await doneOf(gone)) await dismiss(key);
    }
  },
);
