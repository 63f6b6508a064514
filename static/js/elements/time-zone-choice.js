/** Chooses the browser's own time zone in the select that it holds, unless somebody chose already. */
export class TimeZoneChoice extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector("select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const option = select.value === "UTC" && select.querySelector(`[value="${zone}"]`);
    if (option) option.selected = true;
  }
}
