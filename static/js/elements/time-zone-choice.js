/** Chooses the browser's time zone in its select, unless another than UTC is chosen already. */
customElements.define(
  "time-zone-choice",
  class extends HTMLElement {
    connectedCallback() {
      const select = this.querySelector("select");
      if (select.value !== "UTC") return;
      select.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
      select.value ||= "UTC"; // the list does not have the browser's zone
    }
  },
);
