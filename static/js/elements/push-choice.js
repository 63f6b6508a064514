import { lasting } from "../store.js";
import { post, register, subscribe } from "../subscribing.js";

/** Lets this device show notifications, says where it stands with that, and tries it. Its sentences stand in the page. */
customElements.define(
  "push-choice",
  class extends HTMLElement {
    #worker; // its registration

    async connectedCallback() {
      this.addEventListener("click", this);
      this.#show(await this.#find().catch(() => "unable"));
    }

    handleEvent({ target }) {
      const { does } = target.dataset;
      if (does === "ring") this.#ring();
      else if (does === "try") this.#try();
    }

    /** Resolves with the name of the state in which this device is. */
    async #find() {
      if (!isSecureContext) return "plain";
      if (!self.PushManager) return navigator.standalone === false ? "install" : "unable";
      const { serviceWorker } = navigator;
      this.#worker =
        (await serviceWorker.getRegistration()) ?? (await serviceWorker.register("/serviceworker.js", { type: "module" }));
      const subscription = await this.#worker.pushManager.getSubscription();
      const known = [...document.querySelectorAll("[data-endpoint]")];
      const here = subscription && known.find(({ dataset }) => dataset.endpoint === subscription.endpoint);
      here?.querySelector("[data-here]").removeAttribute("hidden");
      const isOn = here && Notification.permission === "granted";
      const { saved, user } = document.documentElement.dataset;
      if (!saved) lasting.write("rings", isOn ? user : ""); // read by workout.js; a saved copy may know less
      return isOn ? "on" : Notification.permission === "denied" ? "blocked" : "off";
    }

    /** Shows the sentence and the buttons of a state. */
    #show(state, words) {
      for (const one of this.querySelectorAll("[data-in]")) one.hidden = !one.dataset.in.split(" ").includes(state);
      if (words) this.querySelector("[data-in=refused]").textContent = words;
    }

    async #ring() {
      const permission = await Notification.requestPermission(); // browsers allow the question right after a tap only
      if (permission !== "granted") return this.#show(permission === "denied" ? "blocked" : "off");
      this.#show("asks");
      await navigator.serviceWorker.ready;
      try {
        const words = await register(await subscribe(this.#worker));
        words ? this.#show("refused", words) : location.reload();
      } catch (error) {
        const isOfBrowser = error instanceof DOMException && error.name !== "TimeoutError"; // not of our server
        this.#show(isOfBrowser ? "unreached" : "unsent");
      }
    }

    async #try() {
      const { endpoint } = await this.#worker.pushManager.getSubscription();
      const { sent } = await post("/push/try/", { endpoint }).catch(() => ({}));
      this.#show(sent ? "tried" : sent === 0 ? "off" : "untried"); // of 0 devices: this one was removed
    }
  },
);
