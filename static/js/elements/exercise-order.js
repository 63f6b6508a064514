/** The exercises of a session, to be dragged by their grips; each is a form that says its new place. */
export class ExerciseOrder extends HTMLElement {
  #held = null;

  connectedCallback() {
    for (const type of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) this.addEventListener(type, this);
  }

  handleEvent({ type, target, pointerId, clientY }) {
    const held = this.#held;
    if (type === "pointerdown" && target.matches(".order__grip")) {
      target.setPointerCapture(pointerId);
      this.#held = target.parentElement;
      this.#held.classList.add("order--held");
    } else if (type === "pointermove" && held) {
      const other = [...this.children].find((one) => one !== held && clientY < middle(one));
      if (held.nextElementSibling !== (other ?? null)) this.insertBefore(held, other ?? null);
    } else if (held && type !== "pointermove") {
      this.#held = null;
      held.classList.remove("order--held");
      const button = held.querySelector("[name=place]");
      button.value = [...this.children].indexOf(held) + 1;
      button.disabled = false;
      held.requestSubmit(button);
    }
  }
}

function middle(node) {
  const { top, height } = node.getBoundingClientRect();
  return top + height / 2;
}
