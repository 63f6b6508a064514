import { ExerciseOrder } from "./elements/exercise-order.js";
import { ExpectedReps } from "./elements/expected-reps.js";
import { InstallApp } from "./elements/install-app.js";
import { OutboxState } from "./elements/outbox-state.js";
import { PlateLine } from "./elements/plate-line.js";
import { RestTimer } from "./elements/rest-timer.js";
import { SavedCopy } from "./elements/saved-copy.js";
import { SetDock } from "./elements/set-dock.js";
import { SignOut } from "./elements/sign-out.js";
import { TimeZoneChoice } from "./elements/time-zone-choice.js";
import { WakeLock } from "./elements/wake-lock.js";
import { WarmUps } from "./elements/warm-ups.js";
import { WorkoutSession } from "./elements/workout-session.js";
import { takeForms } from "./entering.js";
import { savePages } from "./saved-pages.js";

const elements = [
  ["exercise-order", ExerciseOrder],
  ["expected-reps", ExpectedReps],
  ["install-app", InstallApp],
  ["outbox-state", OutboxState],
  ["saved-copy", SavedCopy],
  ["sign-out", SignOut],
  ["time-zone-choice", TimeZoneChoice],
  ["workout-session", WorkoutSession],
  ["wake-lock", WakeLock],
  ["rest-timer", RestTimer],
  ["plate-line", PlateLine],
  ["set-dock", SetDock],
  ["warm-ups", WarmUps],
];
for (const [name, element] of elements) customElements.define(name, element);
takeForms(document);
savePages();
