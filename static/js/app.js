import { TimeZoneChoice } from "./elements/time-zone-choice.js";

customElements.define("time-zone-choice", TimeZoneChoice);
