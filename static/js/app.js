import { ExpectedReps } from "./elements/expected-reps.js";
import { TimeZoneChoice } from "./elements/time-zone-choice.js";

customElements.define("expected-reps", ExpectedReps);
customElements.define("time-zone-choice", TimeZoneChoice);
