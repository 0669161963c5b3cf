// A planner: steps that build on each other, goals with their actions and what came of them, and a plan of it all.

import { element } from "../element.js";
import { tableOf } from "./results.js";
import { Rows } from "./rows.js";
import { gaps } from "./scoring.js";

export class Planner {
  constructor(form) {
    this.form = form;
    this.asked = [...form.querySelectorAll(".question")].map((place) => ({ id: place.dataset.id, title: place.querySelector("label").textContent, place }));
  }

  isAnswered = (id, { notes }) => Boolean(notes[id]);

  /** The list of goals, and fields for what came of each. Each goal has an id, which actions name. */
  lists() {
    const place = document.getElementById("_mal");
    this.goals = new Rows(place, [["goal", "Mål", "text"], ["need", "Behov i verksamheten", "text"], ["start", "Så är det i dag", "text"], ["measure", "Mäts med", "text"], ["by", "Klart", "date"]], "ett mål", ["id"]);
    const add = this.goals.add.bind(this.goals);
    this.goals.add = (values) => add({ ...values, id: values.id || crypto.randomUUID() });
    return { goals: this.goals };
  }

  /** For an action: which goal it is for. */
  get choices() {
    return this.goals.read().map(({ id, goal }) => [id, goal]);
  }

  /** What was written in earlier steps, at hand in those that build on it. */
  follow({ notes, goals }) {
    for (const box of this.form.querySelectorAll(".before")) {
      const rows = [...box.querySelectorAll("[data-from]")];
      for (const row of rows) {
        row.querySelector("dd").textContent = notes[row.dataset.from] ?? "";
        row.hidden = !notes[row.dataset.from];
      }
      box.hidden = rows.every((row) => row.hidden);
    }
    this.#outcomes(goals);
  }

  /** A box that stands stays where it is: a field that is moved loses the reader who writes in it. */
  #outcomes(goals) {
    const place = document.getElementById("_utfall");
    if (!place) return;
    const standing = new Map([...place.querySelectorAll("fieldset")].map((box) => [box.dataset.goal, box]));
    const boxes = goals.map(({ id, goal }) => {
      const box = standing.get(id) ?? outcome(id);
      box.querySelector("legend").textContent = goal || "Mål utan namn";
      return box;
    });
    const wanted = boxes.length ? boxes : [element("p", { className: "hint", textContent: "Här kommer målen när ni har skrivit dem." })];
    if (wanted.some((box, at) => box !== place.children[at]) || place.childElementCount !== wanted.length) place.replaceChildren(...wanted);
  }

  #goals({ goals, notes }) {
    return goals.map((goal) => ({ ...goal, done: notes[`done-${goal.id}`] ?? "", changed: notes[`changed-${goal.id}`] ?? "" }));
  }

  summary(state) {
    const { goals, actions } = state;
    if (!goals.length && !this.asked.some(({ id }) => this.isAnswered(id, state))) return "Inget är skrivet än, så det finns ingen plan.";
    const found = Object.values(gaps(this.#goals(state), actions)).flat().length;
    const actionsIn = `${actions.length} ${actions.length === 1 ? "åtgärd" : "åtgärder"}`;
    const seen = `${found} ${found === 1 ? "sak" : "saker"} att se över.`;
    return `${goals.length} mål och ${actionsIn}. ${found ? seen : "Alla mål har åtgärder och uppföljning."}`;
  }

  result(state) {
    const goals = this.#goals(state);
    if (!goals.length && !state.actions.length) return [];
    const { withoutAction, withoutFollowUp, withoutGoal } = gaps(goals, state.actions);
    const words = [
      ...withoutAction.map(({ goal }) => `Målet ”${goal}” har ingen åtgärd.`),
      ...withoutFollowUp.map(({ goal }) => `Målet ”${goal}” har ingen uppföljning.`),
      ...withoutGoal.map(({ action }) => `Åtgärden ”${action}” hör inte till något mål.`),
    ];
    const rows = goals.map((goal) => {
      const own = state.actions.filter((action) => action.goal === goal.id);
      return [goal.goal, goal.start || "–", own.map(({ action, responsible, date }) => [action, responsible, date].filter(Boolean).join(", ")).join("; ") || "–", goal.measure || "–", goal.changed || "–"];
    });
    const seen = words.length ? [element("section", { className: "next" }, element("h4", { textContent: "Att se över" }), element("ul", {}, ...words.map((textContent) => element("li", { textContent }))))] : [];
    return [...seen, tableOf("Planen", ["Mål", "I dag", "Åtgärder", "Mäts med", "Förändrat"], rows)];
  }

  compared(then, now) {
    const named = ({ goals }) => new Map(goals.map((goal) => [goal.id, goal]));
    const [before, after] = [named(then), named(now)];
    const ids = [...new Set([...before.keys(), ...after.keys()])];
    const rows = ids.map((id) => [(after.get(id) ?? before.get(id)).goal, before.has(id) ? "fanns" : "–", after.has(id) ? "finns" : "borttaget", now.notes[`changed-${id}`] || "–"]);
    return [tableOf("Då och nu", ["Mål", "Då", "Nu", "Förändrat"], rows)];
  }
}

/** What came of a goal, to be written. */
function outcome(id) {
  const box = element("fieldset", { className: "entry-field group" }, element("legend", {}));
  box.dataset.goal = id;
  for (const [key, label] of [["done", "Det här gjorde vi"], ["changed", "Det här har förändrats"]]) {
    const field = element("textarea", { id: `_n-${key}-${id}`, name: `n.${key}-${id}`, rows: 2, maxLength: 5000 });
    box.append(element("div", { className: "entry-field" }, element("label", { htmlFor: field.id, textContent: label }), field));
  }
  return box;
}
