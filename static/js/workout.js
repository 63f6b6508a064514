import { define } from "./app.js";
import { ExpectedReps } from "./elements/expected-reps.js";
import { PlateLine } from "./elements/plate-line.js";
import { RestTimer } from "./elements/rest-timer.js";
import { RirChips } from "./elements/rir-chips.js";
import { SetDock } from "./elements/set-dock.js";
import { WorkoutSession } from "./elements/workout-session.js";
import { afterFrame, ofTab } from "./store.js";

define(ExpectedReps, PlateLine, RestTimer, RirChips, SetDock, WorkoutSession);

// Needed later, if at all: the first load is for the tray.
const onceFor = (types, isNeeded, load) => {
  const needed = async (event) => {
    if (!isNeeded(event)) return;
    for (const type of types) document.removeEventListener(type, needed, true);
    define(...Object.values(await load()));
  };
  for (const type of types) document.addEventListener(type, needed, true);
};
onceFor(["toggle"], ({ target }) => target.id === "order", () => import("./elements/exercise-order.js"));
onceFor(["drawn"], () => document.querySelector(".set-row--done"), () => import("./elements/wake-lock.js"));
// Whoever touches the page will soon log a set, which is then drawn at once.
const load = () => afterFrame().then(() => import("./drawing.js")).catch(() => {});
for (const type of ["pointerdown", "keydown"]) addEventListener(type, load, { once: true });
// Ticks and weights are input; ticks of before, and sets that only this phone has, are drawn.
const isWarm = ({ type }) => type === "input" || ofTab.read(location.pathname) || document.querySelector(".set-row[data-state]");
onceFor(["input", "drawn"], isWarm, () => import("./elements/warm-ups.js"));
