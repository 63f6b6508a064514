import { gridOf, nextWeight, typed } from "../weights.js";

const DOUBLE = 500; // ms in which a second tap on the big button is the first one's echo
const WAYS = { ArrowUp: ["reps", 1], ArrowDown: ["reps", -1], ArrowRight: ["weight", 1], ArrowLeft: ["weight", -1] };

/** Under the thumb: one set at a time. What it changes are the fields of that set's row; what it logs is that row's form. */
export class SetDock extends HTMLElement {
  #at = ""; // the id of its row
  #logged = ""; // the row that was logged last
  #tapped = 0;

  connectedCallback() {
    document.addEventListener("submit", this);
    for (const type of ["drawn", "focusin", "input", "keydown"]) document.addEventListener(type, this);
    this.addEventListener("click", this);
    this.show();
  }

  handleEvent(event) {
    const { type, target } = event;
    if (type === "click") this.#tap(event);
    else if (type === "keydown") this.#key(event);
    else if (type === "submit") this.#goOn(event);
    else if (type === "focusin" && target.matches(".set-row input")) {
      target.select();
      this.#go(target.form);
    } else if (type !== "focusin") this.show();
  }

  get rows() {
    const all = [...document.querySelectorAll("workout-session .set-row[id]")];
    return all.filter((row) => !row.closest("details:not([open])"));
  }

  get row() {
    const { rows } = this;
    return rows.find(({ id }) => id === this.#at) ?? rows.find(isToDo);
  }

  show() {
    const { row } = this;
    for (const other of document.querySelectorAll(".set-row[aria-current]")) if (other !== row) other.removeAttribute("aria-current");
    this.hidden = !row || Boolean(document.querySelector("#summary"));
    if (this.hidden) return;
    const { weight, reps, unit } = row.elements;
    const card = row.closest(".card");
    const isDone = !isToDo(row);
    const part = (name) => this.querySelector(name);
    row.setAttribute("aria-current", "step");
    this.#at = row.id;
    this.dataset.fixed = weight.type === "hidden" ? "weight" : "";
    part(".set-dock__name").textContent = row.getAttribute("aria-label");
    part(".set-dock__last").textContent = row.dataset.last ? `Last ${row.dataset.last}` : "";
    part("[data-type=weight]").firstChild.data = weight.value || "–";
    part("[data-type=weight] small").textContent = unit.value;
    part("[data-type=reps]").lastChild.data = reps.value || "–";
    const likely = (weight.type === "hidden" ? "" : card.dataset.likely ?? "").split(" ");
    this.querySelectorAll("[data-weight]").forEach((button, place) => {
      button.textContent = likely[place] ?? "";
      button.disabled = !button.textContent;
      button.setAttribute("aria-pressed", typed(button.textContent) === typed(weight.value));
    });
    const log = part(".set-dock__log");
    log.setAttribute("form", row.id);
    log.textContent = isDone ? "Save" : "Log";
    part("rest-timer").usual = Number(card.dataset.rest);
    part("plate-line").show(row, card, this.rows);
  }

  #tap(event) {
    const { target } = event;
    const { step, type } = target.dataset;
    if (step) this.#step(step, Number(target.value));
    else if (type) this.row.elements[type].focus();
    else if ("weight" in target.dataset) this.#set("weight", target.textContent);
    else if (target.matches(".set-dock__log")) {
      if (event.timeStamp - this.#tapped < DOUBLE) event.preventDefault();
      else this.#tapped = event.timeStamp;
    }
  }

  #step(name, way) {
    const { row } = this;
    const value = typed(row.elements[name].value);
    if (row.elements[name].type === "hidden") return;
    if (name === "reps") return this.#set(name, Math.max(1, (value || 0) + way));
    const known = gridOf(row.closest(".card").querySelector("expected-reps").dataset.grid);
    const usual = { step: row.elements.unit.value === "kg" ? 2.5 : 5, min: 0, explicit: [] };
    this.#set(name, nextWeight(value || 0, way, known ?? usual));
  }

  #set(name, value) {
    const field = this.row.elements[name];
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #key(event) {
    const { key, target } = event;
    const isField = target.matches("input:not([type=checkbox]), textarea, select");
    const isOurs = target.matches(".set-row input");
    if (this.hidden || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || (isField && !isOurs)) return;
    const [name, way] = WAYS[key] ?? [];
    if (key === "Enter" && !event.repeat && target === document.body) this.row.requestSubmit(this.row.querySelector(".set-row__log"));
    else if (key === "Escape") this.#undo();
    else if (name === "reps" && isOurs && target.name !== "rir") this.#step(target.name, way);
    else if (name === "reps" || (name && !isField)) this.#step(name, way);
    else return;
    event.preventDefault();
  }

  #undo() {
    const done = this.rows.filter((row) => !isToDo(row));
    const row = done.find(({ id }) => id === this.#logged) ?? done.at(-1);
    row?.querySelector("[formaction]")?.click();
  }

  /** A set was logged or taken back: on to the next, or to that one again. */
  #goOn({ target: row, submitter }) {
    if (!row.matches(".set-row")) return;
    const isUndo = submitter?.hasAttribute("formaction");
    if (isUndo || !isToDo(row)) return this.#go(row);
    const { rows } = this;
    const others = [...rows.slice(rows.indexOf(row) + 1), ...rows].filter((one) => isToDo(one) && one !== row);
    this.#logged = row.id;
    if (!others.length) return;
    this.querySelector("rest-timer").start(Number(row.closest(".card").dataset.rest));
    this.#go(others[0]);
    const { top, bottom } = others[0].getBoundingClientRect();
    const room = this.getBoundingClientRect();
    if (top < 60 || bottom > (room.top > 100 && room.left < 100 ? room.top : innerHeight)) {
      const isFirst = !others[0].previousElementSibling;
      (isFirst ? others[0].closest(".card") : others[0]).scrollIntoView({ block: isFirst ? "start" : "nearest" });
    }
  }

  #go(row) {
    this.#at = row.id;
    this.show();
  }
}

const isToDo = (row) => !row.classList.contains("set-row--done");
