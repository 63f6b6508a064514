import { signOutGuard } from "../sign-out.js";

/** Around a form that signs out: what is unsent comes first. The worker deletes saved pages when the form is posted. */
export class SignOut extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this);
  }

  async handleEvent(event) {
    event.preventDefault();
    if (await signOutGuard(event.target).catch(() => true)) event.target.submit();
  }
}
