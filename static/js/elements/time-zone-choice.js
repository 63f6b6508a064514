/** Chooses the browser's own time zone in the select that it holds, unless somebody chose already. */
export class TimeZoneChoice extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector("select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const untouched = select.value === "UTC";
    if (untouched && [...select.options].some((option) => option.value === zone)) select.value = zone;
  }
}
