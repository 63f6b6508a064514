import { ofTab } from "../store.js";

/** Warm-up sets to tick off. Only this page remembers the ticks, until it is closed; they are not sent. */
export class WarmUps extends HTMLElement {
  connectedCallback() {
    const { id } = this.closest(".card");
    const read = () => JSON.parse(ofTab.read(location.pathname) ?? "{}"); // by card, "10": the first of two is ticked
    const boxes = [...this.querySelectorAll("input")];
    const write = () => ofTab.write(location.pathname, JSON.stringify({ ...read(), [id]: boxes.map((box) => +box.checked).join("") }));
    // The first tick was made before this element knew of it.
    boxes.forEach((box, place) => (box.checked ||= read()[id]?.[place] === "1"));
    if (boxes.some((box) => box.checked)) write();
    this.onchange = write;
  }
}
