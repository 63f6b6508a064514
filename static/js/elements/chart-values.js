/** Stands around a chart and says one of its values: the latest, the nearest to a pointer, or the one chosen by keys.
 * `data-points` has each point's place in the drawing and its words. */
customElements.define(
  "chart-values",
  class extends HTMLElement {
    #points = [];
    #chosen = null;

    connectedCallback() {
      this.#points = this.dataset.points.split("|").map((point) => {
        const [x, y, ...words] = point.split(" ");
        return { x, y, words: words.join(" ") };
      });
      this.role = "application"; // so that screen readers leave the arrow keys to it
      this.setAttribute("aria-labelledby", this.#drawing.getAttribute("aria-labelledby"));
      this.tabIndex = 0;
      for (const type of ["pointerdown", "pointermove", "pointerleave", "focus", "blur", "keydown"]) this.addEventListener(type, this);
    }

    handleEvent(event) {
      const { type, pointerType } = event;
      if (type === "keydown") this.#obey(event);
      else if (type === "focus") this.#choose(this.#chosen ?? this.#last);
      else if (type === "blur") this.#choose(null);
      else if (type !== "pointerleave") this.#choose(this.#nearest(event.clientX));
      else if (pointerType === "mouse" && !this.matches(":focus")) this.#choose(null);
    }

    get #drawing() {
      return this.querySelector("svg");
    }

    get #last() {
      return this.#points.length - 1;
    }

    #obey(event) {
      const to = { ArrowLeft: this.#chosen - 1, ArrowRight: this.#chosen + 1, Home: 0, End: this.#last, Escape: null }[event.key];
      if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (to === null) this.blur();
      else this.#choose(Math.min(Math.max(to, 0), this.#last));
    }

    #nearest(clientX) {
      const { left, width } = this.#drawing.getBoundingClientRect();
      const here = ((clientX - left) / width) * this.#drawing.viewBox.baseVal.width;
      const distances = this.#points.map(({ x }) => Math.abs(x - here));
      return distances.indexOf(Math.min(...distances));
    }

    /** Marks a point and says its words; null: none, and those of the latest. */
    #choose(place) {
      this.#chosen = place;
      const { x, y, words } = this.#points[place ?? this.#last];
      this.querySelector(".chart__drop").setAttribute("d", place === null ? "" : `M${x} ${y}V${this.dataset.floor}`);
      this.querySelector(".chart__chosen").setAttribute("d", place === null ? "" : `M${x} ${y}h0`);
      this.querySelector("output").value = words;
    }
  },
);
