const PAUSE = 1_000; // ms

/** Keeps the progress of a job up to date, and shows the page that comes after it. */
customElements.define(
  "job-progress",
  class extends HTMLElement {
    connectedCallback() {
      this.#ask();
    }

    async #ask() {
      await new Promise((done) => setTimeout(done, PAUSE));
      const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
      if (!this.isConnected) return;
      if (answer?.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const now = page.querySelector("job-progress");
        if (!now) return location.reload();
        for (const what of ["progress", "[role=status]"]) this.querySelector(what).replaceWith(now.querySelector(what));
      }
      this.#ask();
    }
  },
);
