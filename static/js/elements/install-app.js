/** Offers to install the app where the browser does, or tells how where people have to do it themselves. */
customElements.define(
  "install-app",
  class extends HTMLElement {
    connectedCallback() {
      if (navigator.standalone === false) this.#show("ol"); // iOS, in the browser
      addEventListener("beforeinstallprompt", (event) => {
        event.preventDefault();
        this.#show("button").onclick = async () => {
          await event.prompt();
          this.hidden = true; // an offer can be used once
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
