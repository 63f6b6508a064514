import { ExpectedReps } from "./elements/expected-reps.js";
import { InstallApp } from "./elements/install-app.js";
import { OutboxState } from "./elements/outbox-state.js";
import { SavedCopy } from "./elements/saved-copy.js";
import { SignOut } from "./elements/sign-out.js";
import { TimeZoneChoice } from "./elements/time-zone-choice.js";
import { WorkoutSession } from "./elements/workout-session.js";
import { takeForms } from "./entering.js";
import { savePages } from "./saved-pages.js";

customElements.define("expected-reps", ExpectedReps);
customElements.define("install-app", InstallApp);
customElements.define("outbox-state", OutboxState);
customElements.define("saved-copy", SavedCopy);
customElements.define("sign-out", SignOut);
customElements.define("time-zone-choice", TimeZoneChoice);
customElements.define("workout-session", WorkoutSession);
takeForms(document);
savePages();
