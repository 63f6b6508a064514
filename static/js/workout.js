import { define } from "./app.js";
import { ExpectedReps } from "./elements/expected-reps.js";
import { PlateLine } from "./elements/plate-line.js";
import { RestTimer } from "./elements/rest-timer.js";
import { RirChips } from "./elements/rir-chips.js";
import { SetDock } from "./elements/set-dock.js";
import { WarmUps } from "./elements/warm-ups.js";
import { WorkoutSession } from "./elements/workout-session.js";

define(ExpectedReps, PlateLine, RestTimer, RirChips, SetDock, WarmUps, WorkoutSession);

// Needed later, if at all: the first load is for the tray.
const onceFor = (type, isNeeded, load) =>
  document.addEventListener(type, async function needed(event) {
    if (!isNeeded(event)) return;
    document.removeEventListener(type, needed, true);
    define(...Object.values(await load()));
  }, true);
onceFor("toggle", ({ target }) => target.id === "order", () => import("./elements/exercise-order.js"));
onceFor("drawn", () => document.querySelector(".set-row--done"), () => import("./elements/wake-lock.js"));
