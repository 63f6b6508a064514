/** Warm-up sets to tick off: the page remembers them until it is closed, and nobody else is told. */
export class WarmUps extends HTMLElement {
  connectedCallback() {
    this.boxes = [...this.querySelectorAll("input")];
    const ticked = sessionStorage.getItem(this.dataset.key) ?? "";
    this.boxes.forEach((box, place) => (box.checked = ticked[place] === "1"));
    this.addEventListener("change", this);
  }

  handleEvent() {
    sessionStorage.setItem(this.dataset.key, this.boxes.map((box) => Number(box.checked)).join(""));
  }
}
