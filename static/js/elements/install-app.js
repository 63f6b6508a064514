/** Offers to install the app if the browser can, or says how where people have to do it themselves, or that nothing works
 * without a signal, because the browser does not run the worker (Firefox before 147). */
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
      const registered = navigator.onLine && navigator.serviceWorker?.register("/serviceworker.js", { type: "module" });
      if (registered) registered.catch(() => this.#show(".note"));
      addEventListener("appinstalled", () => (this.hidden = true));
    }

    #show(part) {
      const shown = this.querySelector(part);
      (shown.closest("section") ?? shown).hidden = shown.hidden = this.hidden = false;
      return shown;
    }
  },
);
