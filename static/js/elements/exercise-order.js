/** Lets a lifter drag the exercises of a session by their grips. Each is a form that posts its new place. */
export class ExerciseOrder extends HTMLElement {
  connectedCallback() {
    this.onpointerdown = ({ target, pointerId }) => {
      const held = target.parentElement;
      if (!target.matches(".order__grip")) return;
      target.setPointerCapture(pointerId);
      held.classList.add("order--held");
      this.onpointermove = ({ clientY }) => {
        const isBelow = (one) => {
          const { top, height } = one.getBoundingClientRect();
          return one !== held && clientY < top + height / 2;
        };
        const other = [...this.children].find(isBelow) ?? null;
        if (held.nextElementSibling !== other) this.insertBefore(held, other);
      };
      this.onpointerup = this.onpointercancel = () => {
        this.onpointermove = this.onpointerup = this.onpointercancel = null;
        held.classList.remove("order--held");
        held.place[0].value = [...this.children].indexOf(held) + 1;
        held.place[0].disabled = false;
        held.requestSubmit(held.place[0]);
      };
    };
  }
}
