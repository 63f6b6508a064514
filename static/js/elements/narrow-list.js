const PAUSE = 200; // ms without a further letter

/** Narrows the lists of a page while its search is typed: to what the server finds, and without a signal to those of
 * the page that have all the words. Stands around the search; the lists are marked. */
customElements.define(
  "narrow-list",
  class extends HTMLElement {
    #due;
    #asked;

    connectedCallback() {
      this.oninput = () => {
        clearTimeout(this.#due);
        this.#due = setTimeout(() => this.#narrow(), PAUSE);
      };
      this.onsubmit = () => clearTimeout(this.#due);
    }

    async #narrow() {
      this.#asked?.abort();
      const asked = (this.#asked = new AbortController());
      const said = [...new FormData(this.querySelector("form"))].filter(([, value]) => value);
      const address = `${location.pathname}?${new URLSearchParams(said)}`;
      const answer = await fetch(address, { cache: "no-store", signal: asked.signal }).catch(() => null);
      if (asked.signal.aborted) return;
      if (!answer) return this.#keepThoseWith(said.find(([name]) => name === "q")?.[1] ?? "");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelectorAll("[data-narrowed]");
      if (asked.signal.aborted || !found.length) return;
      history.replaceState(history.state, "", address);
      document.querySelectorAll("[data-narrowed]").forEach((list, place) => list.replaceChildren(...found[place].childNodes));
    }

    #keepThoseWith(words) {
      const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      const wanted = plain(words).split(/\s+/);
      for (const item of document.querySelectorAll("[data-narrowed] li")) item.hidden = !wanted.every((word) => plain(item.textContent).includes(word));
    }
  },
);
