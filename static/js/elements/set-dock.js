import { typed } from "../numbers.js";
import { isHold, namesOf, rulesOf, setWords, workingRows } from "../set-rows.js";
import { afterFrame } from "../store.js";
import { gridOf, nextWeight } from "../weights.js";

const UNDO = 10e3; // ms for which the dock offers to take the last set back
const DOUBLE = 500; // ms within which a second tap on the big button counts as part of the first
const FOLDED = ".workout-card--folded";
const HAS_KEYS = matchMedia("(any-pointer:fine)"); // a desk, most often

/** The controls under the thumb, for one set at a time. They change the fields of that set's row, and log by its form. */
export class SetDock extends HTMLElement {
  #at = ""; // the id of the chosen row
  #logged = ""; // the row that was logged last
  #tapped = -DOUBLE;
  #isMoving = !location.hash; // a page opens on the next row
  #undoing; // the timer of the undo button
  #offered; // the row whose set it takes back; it may not be drawn as done yet

  connectedCallback() {
    for (const type of ["drawn", "focusin", "input", "keydown", "submit"]) document.addEventListener(type, this);
    this.addEventListener("click", this);
    if (HAS_KEYS.matches) this.#key();
    this.show();
  }

  handleEvent(event) {
    const { type, target } = event;
    if (type === "click") this.#tap(event);
    else if (type === "keydown") this.#key(event);
    else if (type === "submit") this.#goOn(event);
    else if (type === "focusin" && target.matches(".set-row input")) {
      target.select();
      this.go(target.form);
      target.form.scrollIntoView({ block: "nearest" }); // a browser counts what the dock covers as in view
    } else if (type !== "focusin") {
      this.show();
      if (type === "drawn" && this.#isMoving) this.#move();
    }
  }

  get rows() {
    const all = [...document.querySelectorAll("workout-session .set-row[id]")];
    return all.filter((row) => !row.closest("details:not([open])"));
  }

  get row() {
    const { rows } = this;
    const toDo = rows.filter(isToDo);
    return rows.find(({ id }) => id === this.#at) ?? toDo.find((one) => !one.closest(FOLDED)) ?? toDo[0];
  }

  show() {
    const { row, rows } = this;
    for (const one of rows) one.ariaCurrent = one === row ? "step" : null;
    this.hidden = !rows.length || !document.querySelector("#finish");
    const { weight, reps, unit } = row?.elements ?? {};
    const card = row?.closest(".card");
    const { hold, sides } = card?.dataset ?? {};
    const isFixed = weight?.type === "hidden";
    const looks = { over: !row, fixed: isFixed, hold: hold === "", sides: sides !== undefined };
    for (const name in looks) this.classList.toggle(`set-dock--${name}`, looks[name]);
    const says = {
      name: row ? namesOf(row).reverse().join(" · ") : this.dataset.over,
      weight: weight?.value || "–",
      unit: unit?.value,
      reps: reps?.value || "–",
      log: this.dataset[!row ? "finish" : isToDo(row) ? "log" : "save"],
    };
    for (const [part, words] of Object.entries(says)) this.querySelector(`[data-part=${part}]`).textContent = words;
    this.querySelector("[data-part=log]").setAttribute("form", row?.id ?? "finish");
    this.querySelector("rir-chips").show?.(this.#asked);
    if (!row) return;
    for (const button of this.querySelectorAll("[data-seconds]")) button.ariaLabel = button.dataset[looks.hold ? "seconds" : "reps"];
    this.querySelector("[data-part=side]").hidden = !sides;
    this.querySelector("hold-timer")?.show?.(row); // loaded later
    const likely = isFixed ? [] : this.#likely(row);
    this.querySelectorAll("[data-weight]").forEach((button, place) => {
      button.textContent = likely[place] ?? "";
      button.disabled = !button.textContent;
      button.ariaPressed = typed(button.textContent) === typed(weight.value);
    });
    this.querySelector("rest-timer").usual = card.dataset.rest;
    this.querySelector("plate-line").show?.(row, card, rows);
  }

  /** Returns the weights that the lifter will probably want, as text: the server's, else those around the one in the row. */
  #likely(row) {
    const { likely } = row.closest(".card").dataset;
    const here = typed(row.elements.weight.value);
    if (likely || !(here > 0)) return (likely ?? "").split(" ");
    const [easier, harder] = [-1, 1].map((way) => nextWeight(here, way, this.#grid(row)));
    return [...new Set([easier, here, harder])].map(String);
  }

  /** The logged row whose RIR is asked for: the first of an exercise, until the next one is logged. */
  get #asked() {
    const card = (document.getElementById(this.#logged) ?? this.row)?.closest(".card");
    const [first, ...others] = card ? workingRows(card) : [];
    const isAsked = first && !isToDo(first) && others.every(isToDo) && "rir" in card.querySelector("expected-reps").dataset;
    return isAsked ? first : null;
  }

  #tap(event) {
    const button = event.target.closest("button") ?? this;
    const { step, type, part, weight } = button.dataset;
    if (part !== "undo") this.reveal();
    if (step) this.step(step, Number(button.value));
    else if (part === "undo") this.undo();
    else if (part === "side") this.querySelector("rest-timer").start(this.row.closest(".card").dataset.sides);
    else if (type) this.row.elements[type].focus();
    else if (weight === "") this.#set("weight", button.textContent);
    else if (part && event.timeStamp - this.#tapped < DOUBLE) event.preventDefault();
  }

  /** Changes the weight or the reps of the row by one step, up (`way` 1) or down (-1). */
  step(name, way) {
    const { row } = this;
    const value = typed(row.elements[name].value) || 0;
    if (row.elements[name].type === "hidden") return;
    const step = isHold(row) ? rulesOf(row).holdStep : 1;
    this.#set(name, nextWeight(value, way, name === "reps" ? { step, min: step, explicit: [] } : this.#grid(row)));
  }

  #grid(row) {
    const usual = { step: Number(this.dataset[row.elements.unit.value]), min: 0, explicit: [] };
    const { grid, weights } = row.closest(".card").querySelector("expected-reps").dataset;
    return gridOf(grid ?? weights) ?? usual;
  }

  #set(name, value) {
    const field = this.row.elements[name];
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Few phones have keys, so their module is loaded with the first one; a key from then on is taken at once. */
  #key = async (first) => {
    const { press } = await import("../keys.js");
    this.#key = (event) => press(this, event);
    if (first) press(this, first);
  };

  /** Takes the last set back. */
  undo() {
    const row = document.getElementById(this.#offered) ?? this.rows.findLast((one) => !isToDo(one));
    this.#offerUndo(); // the tray answers the tap first
    afterFrame().then(() => row?.querySelector("[formaction]")?.click());
  }

  /** Offers for some seconds to take back the set of `row`; without one, no more. */
  #offerUndo(row) {
    const button = this.querySelector("[data-part=undo]");
    clearTimeout(this.#undoing);
    this.#offered = row?.id;
    button.hidden = !row;
    if (!row) return;
    this.querySelector("[data-part=taken]").textContent = setWords(row, Object.fromEntries(new FormData(row)));
    button.ariaLabel = `${button.textContent}, ${row.ariaLabel}`;
    this.#undoing = setTimeout(() => this.#offerUndo(), UNDO);
  }

  /** Goes on to the next row after a set was logged or changed, or back to a row whose set was undone. */
  #goOn({ target: row, submitter, timeStamp }) {
    if (!row.matches(".set-row")) return;
    const isUndo = submitter?.hasAttribute("formaction");
    this.#tapped = submitter?.dataset.part ? timeStamp : -DOUBLE; // a set that was refused or taken back is no first tap
    this.#offerUndo(isUndo ? null : row);
    if (isUndo) return this.go(row);
    const { rows } = this;
    const isNew = isToDo(row);
    const others = [...rows.slice(rows.indexOf(row) + 1), ...rows].filter((one) => isToDo(one) && one !== row);
    const [exercise, number] = row.id.match(/\d+/g);
    const inTurn = row.closest("super-set")?.goOn?.(row); // it may not be loaded yet
    if (isNew) this.#logged = row.id;
    this.#at = row.closest(".extra") ? `set-${exercise}-${Number(number) + 1}` : ((inTurn?.row ?? others[0])?.id ?? "");
    this.#isMoving = true;
    this.dataset.moves = ""; // the tray answers the tap first
    afterFrame().then(() => {
      delete this.dataset.moves;
      this.#unfold(document.getElementById(this.#at));
    });
    if (isNew && this.#at) this.querySelector("rest-timer").start(inTurn?.rest ?? row.closest(".card").dataset.rest);
    this.show();
  }

  /** Scrolls to the next row, or to a question about a finished muscle that stands before it. */
  #move() {
    this.#isMoving = false;
    const follows = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    const { row } = this;
    const logged = document.getElementById(this.#logged);
    const asked = logged && [...document.querySelectorAll("details[id^=performance-][open]")].find(
      (one) => follows(logged, one) && !(row && follows(row, one)),
    );
    (asked ?? row)?.scrollIntoView({ block: "nearest" });
  }

  /** Chooses a row. */
  go(row) {
    this.#tapped = -DOUBLE;
    this.#at = row.id;
    this.#unfold(row);
    this.show();
  }

  /** Opens the card of the row that is entered next, where the lifter has opened another one meanwhile. */
  reveal() {
    this.#unfold(this.row);
  }

  #unfold(row) {
    const card = row?.closest(FOLDED);
    if (card) card.closest("workout-session").unfold(card);
  }
}

const isToDo = (row) => !row.classList.contains("set-row--done");
