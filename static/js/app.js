import { ExerciseOrder } from "./elements/exercise-order.js";
import { ExpectedReps } from "./elements/expected-reps.js";
import { InstallApp } from "./elements/install-app.js";
import { OutboxState } from "./elements/outbox-state.js";
import { PlateLine } from "./elements/plate-line.js";
import { RestTimer } from "./elements/rest-timer.js";
import { SavedCopy, savePages } from "./elements/saved-copy.js";
import { SetDock } from "./elements/set-dock.js";
import { SignOut } from "./elements/sign-out.js";
import { TimeZoneChoice } from "./elements/time-zone-choice.js";
import { WakeLock } from "./elements/wake-lock.js";
import { WarmUps } from "./elements/warm-ups.js";
import { WorkoutSession } from "./elements/workout-session.js";
import { takeForms } from "./entering.js";

const elements = [
  ExerciseOrder,
  ExpectedReps,
  InstallApp,
  OutboxState,
  PlateLine,
  RestTimer,
  SavedCopy,
  SetDock,
  SignOut,
  TimeZoneChoice,
  WakeLock,
  WarmUps,
  WorkoutSession,
];
// Each is named as its class: SetDock is <set-dock>.
for (const element of elements) {
  customElements.define(element.name.replace(/\B[A-Z]/g, "-$&").toLowerCase(), element);
}
takeForms(document);
savePages();
