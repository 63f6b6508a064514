import { define } from "./app.js";
import { ExpectedReps } from "./elements/expected-reps.js";
import { RestTimer } from "./elements/rest-timer.js";
import { SetDock } from "./elements/set-dock.js";
import { WorkoutSession } from "./elements/workout-session.js";
import { afterFrame, lasting, ofTab } from "./store.js";

const REST = 1000; // ms after the page has loaded

let chips;
const loadChips = () => (chips ??= import("./elements/rir-chips.js").then(({ RirChips }) => define(RirChips)).catch(() => {}));
const isBegun = () => document.querySelector(".set-row--done");
const begin = () => define(ExpectedReps, RestTimer, SetDock, WorkoutSession);
// After the first set of an exercise the chips ask at once, and a tray that is there must not grow.
const doneAtHand = document.querySelectorAll(".workout-card:not(.workout-card--folded) .set-row--done");
doneAtHand.length === 1 ? loadChips().then(begin) : begin();

// Needed later, if at all: the first load is for the tray.
const onceFor = (types, isNeeded, load) => {
  const listen = () => types.forEach((type) => document.addEventListener(type, needed, true));
  const needed = async (event) => {
    if (!isNeeded(event)) return;
    for (const type of types) document.removeEventListener(type, needed, true);
    await load().then((found) => define(...Object.values(found)), listen); // no signal: the next one asks again
  };
  listen();
};
onceFor(["toggle"], ({ target }) => target.id === "order", () => import("./elements/exercise-order.js"));
onceFor(["drawn"], isBegun, () => import("./elements/wake-lock.js"));
onceFor(["drawn"], () => document.querySelector("super-set"), () => import("./elements/super-set.js"));
onceFor(["drawn"], () => document.querySelector("[data-hold]"), () => import("./elements/hold-timer.js"));
// A set is drawn as soon as it is logged: what draws it comes when the page is at rest, or when it is touched before.
const load = () => afterFrame().then(() => Promise.all([import("./drawing.js"), loadChips()])).catch(() => {});
for (const type of ["pointerdown", "keydown"]) addEventListener(type, load, { once: true });
addEventListener("load", () => {
  import("./elements/plate-line.js").then(({ PlateLine }) => define(PlateLine)).catch(() => {});
  if (lasting.read("rings") === document.documentElement.dataset.user) import("./ringing.js").catch(() => {});
  setTimeout(load, REST);
});
// Ticks and weights are input; ticks of before, and sets that only this phone has, are drawn.
const isWarm = ({ type }) => type === "input" || ofTab.read(location.pathname) || document.querySelector(".set-row[data-state]");
onceFor(["input", "drawn"], isWarm, () => import("./elements/warm-ups.js"));
