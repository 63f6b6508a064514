import { define } from "./app.js";
import { ExerciseOrder } from "./elements/exercise-order.js";
import { ExpectedReps } from "./elements/expected-reps.js";
import { PlateLine } from "./elements/plate-line.js";
import { RestTimer } from "./elements/rest-timer.js";
import { RirChips } from "./elements/rir-chips.js";
import { SetDock } from "./elements/set-dock.js";
import { WakeLock } from "./elements/wake-lock.js";
import { WarmUps } from "./elements/warm-ups.js";
import { WorkoutSession } from "./elements/workout-session.js";

define(ExerciseOrder, ExpectedReps, PlateLine, RestTimer, RirChips, SetDock, WakeLock, WarmUps, WorkoutSession);
