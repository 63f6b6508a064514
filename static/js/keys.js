/** Keys of the workout page: they log, change and take back sets by the dock. */

const WAYS = { ArrowUp: ["reps", 1], ArrowDown: ["reps", -1], ArrowRight: ["weight", 1], ArrowLeft: ["weight", -1] };

/** Does what a key stands for, where it is not typed into a field of another form. */
export function press(dock, event) {
  const { key, target } = event;
  const isField = target.matches("input:not([type=checkbox]), textarea, select");
  const isOurs = target.matches(".set-row input");
  if (dock.hidden || event.ctrlKey || event.metaKey || event.altKey || (isField && !isOurs)) return;
  const [name, way] = WAYS[key] ?? [];
  dock.reveal();
  if (key === "Enter" && !event.repeat && target === document.body) dock.row.requestSubmit(dock.row.querySelector(".set-row__log"));
  else if (key === "Escape") dock.undo();
  else if (name === "reps" && isOurs && target.name !== "rir") dock.step(target.name, way);
  else if (name === "reps" || (name && !isField)) dock.step(name, way);
  else return;
  event.preventDefault();
}
