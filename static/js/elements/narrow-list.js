const PAUSE = 200; // ms without a further letter

/** Narrows the lists of a page while its search is typed: to what the server finds, and without a signal to those of
 * the page that have all the words. Stands around the search; the lists are marked. Another page of a list with ticks
 * is shown in its place, so that they stay. */
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
      document.addEventListener("click", this.#turn);
    }

    disconnectedCallback() {
      document.removeEventListener("click", this.#turn);
    }

    async #narrow() {
      const said = [...new FormData(this.querySelector("form"))].filter(([, value]) => value);
      const isThere = await this.#show(`${location.pathname}?${new URLSearchParams(said)}`);
      if (!isThere) this.#keepThoseWith(said.find(([name]) => name === "q")?.[1] ?? "");
    }

    #turn = async (event) => {
      const link = event.target.closest("[data-narrowed] nav a");
      const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
      if (!link || opensElsewhere || !document.querySelector("[name=exercises]:checked")) return;
      event.preventDefault();
      if (await this.#show(link.href)) document.querySelector("[data-narrowed]").scrollIntoView();
      else location.assign(link.href);
    };

    /** Shows the lists of an address. Resolves with false where nobody answers. */
    async #show(address) {
      this.#asked?.abort();
      const asked = (this.#asked = new AbortController());
      const answer = await fetch(address, { cache: "no-store", signal: asked.signal }).catch(() => null);
      if (asked.signal.aborted) return true;
      if (!answer) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelectorAll("[data-narrowed]");
      if (asked.signal.aborted || !found.length) return true;
      history.replaceState(history.state, "", address);
      const ticked = [...document.querySelectorAll("[name=exercises]:checked")];
      document.querySelectorAll("[data-narrowed]").forEach((list, place) => list.replaceChildren(...found[place].childNodes));
      ticked.forEach(this.#keepTicked);
      return true;
    }

    /** Keeps what is ticked: in its new place in the lists, or below them. */
    #keepTicked(box) {
      const again = document.querySelector(`[data-narrowed] [name=exercises][value="${box.value}"]`);
      if (!again) return document.querySelector("[data-ticked]").append(box.closest("li"));
      again.checked = true;
      box.closest("[data-ticked] li")?.remove();
    }

    #keepThoseWith(words) {
      const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      const wanted = plain(words).split(/\s+/);
      for (const item of document.querySelectorAll("[data-narrowed] li")) item.hidden = !item.querySelector(":checked") && !wanted.every((word) => plain(item.textContent).includes(word));
    }
  },
);
