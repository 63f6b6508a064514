import { takeShared } from "../worker/shared.js";

/** Sends a file that another app has shared: puts it into the form inside, which has the token, and sends that. */
customElements.define(
  "shared-file",
  class extends HTMLElement {
    async connectedCallback() {
      if (!new URLSearchParams(location.search).has("shared") || !window.caches) return;
      const file = await takeShared(location.pathname);
      if (!file) return;
      const files = new DataTransfer();
      files.items.add(file);
      this.querySelector("input[type=file]").files = files.files;
      this.querySelector("form").requestSubmit();
    }
  },
);
