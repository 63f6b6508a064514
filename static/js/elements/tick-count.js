/** Stands around the button that adds what is ticked: says how many, and is not there while nothing is. */
customElements.define(
  "tick-count",
  class extends HTMLElement {
    connectedCallback() {
      const { form } = this.querySelector("button");
      form.addEventListener("change", () => this.#count(form));
      addEventListener("pageshow", () => this.#count(form)); // a browser that goes back ticks again
      this.#count(form);
    }

    #count(form) {
      const ticked = form.querySelectorAll("[name=exercises]:checked").length;
      this.hidden = !ticked;
      this.firstElementChild.textContent = (ticked === 1 ? this.dataset.one : this.dataset.many).replace("#", ticked);
    }
  },
);
