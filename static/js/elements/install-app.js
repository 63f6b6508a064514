/** Offers to install the app if the browser can, or says how where people have to do it themselves. */
customElements.define(
  "install-app",
  class extends HTMLElement {
    connectedCallback() {
      if (navigator.standalone === false) this.#show("ol"); // iOS, in the browser and not yet installed
      addEventListener("beforeinstallprompt", (event) => {
        event.preventDefault();
        this.#show("button").onclick = async () => {
          await event.prompt();
          this.hidden = true; // the browser's offer works only once
        };
      });
      addEventListener("appinstalled", () => (this.hidden = true));
    }

    #show(part) {
      const shown = this.querySelector(part);
      shown.hidden = this.hidden = false;
      return shown;
    }
  },
);
