/** Leaves what is empty out of the address of a form that only asks: it is short, and the one that a phone has saved. */
export class LeanForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("formdata", this);
  }

  disconnectedCallback() {
    this.removeEventListener("formdata", this);
  }

  handleEvent({ formData }) {
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  }
}
