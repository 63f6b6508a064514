import { ofTab } from "../store.js";

/** Warm-up sets to tick off. Only this page remembers the ticks, until it is closed; they are not sent. */
export class WarmUps extends HTMLElement {
  connectedCallback() {
    const { key } = this.dataset;
    const boxes = [...this.querySelectorAll("input")];
    const ticked = ofTab.read(key) ?? "";
    boxes.forEach((box, place) => (box.checked = ticked[place] === "1"));
    this.onchange = () => ofTab.write(key, boxes.map((box) => +box.checked).join(""));
  }
}
