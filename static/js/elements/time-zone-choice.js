/** Chooses the browser's own time zone in the select that it holds, unless somebody chose already. */
customElements.define(
  "time-zone-choice",
  class extends HTMLElement {
    connectedCallback() {
      const select = this.querySelector("select");
      if (select.value !== "UTC") return;
      select.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
      select.value ||= "UTC"; // it is not among them
    }
  },
);
