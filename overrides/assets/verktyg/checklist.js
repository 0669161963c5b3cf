// A checklist: statements with answers that give points, a thermometer in all and for each section.

import { bars, thermometer } from "./pictures.js";
import { adviceOf, comparison, tableOf, whatNext } from "./results.js";
import { level, percent, weakest } from "./scoring.js";

const WEAKEST = 5;

export class Checklist {
  constructor(form) {
    this.levels = [...form.querySelectorAll("[data-from]")].map((row) => ({
      from: Number(row.dataset.from),
      label: row.querySelector("dt").firstChild.textContent.trim(),
      meaning: row.querySelector("dd").textContent,
    }));
    this.sections = [...form.querySelectorAll(".part[data-id]")].map((part) => ({
      title: part.dataset.part,
      statements: [...part.querySelectorAll(".question")].map(statementOf),
    }));
  }

  get asked() {
    return this.sections.flatMap(({ statements }) => statements);
  }

  isAnswered = (id, { answers }) => Boolean(answers[id]);

  #scored(statements, { answers }) {
    return statements.map((one) => ({ ...one, points: one.points[answers[one.id]] ?? null }));
  }

  #scores(state) {
    return this.sections.map(({ title, statements }) => ({ title, found: percent(this.#scored(statements, state)), of: statements.length, answered: statements.filter(({ id }) => state.answers[id]).length }));
  }

  summary(state) {
    const total = percent(this.#scored(this.asked, state));
    if (total === null) {
      return this.asked.some(({ id }) => state.answers[id])
        ? "Alla svar är ”ej tillämpligt”, så det finns inget att räkna."
        : "Inget är besvarat än, så det finns inget resultat.";
    }
    const { label, meaning } = level(this.levels, total);
    const left = this.asked.filter(({ id }) => !state.answers[id]).length;
    return `${total} procent: ${label}. ${meaning}${left ? ` ${left} av ${this.asked.length} är inte besvarade och räknas inte.` : ""}`;
  }

  result(state, add) {
    const total = percent(this.#scored(this.asked, state));
    if (total === null) return [];
    const scores = this.#scores(state);
    const rows = scores.map(({ title, found, answered, of }) => [title, found === null ? "–" : `${found} %`, found === null ? "–" : level(this.levels, found).label, `${answered} av ${of}`]);
    const low = weakest(this.#scored(this.asked, state), WEAKEST);
    return [
      thermometer(total, this.levels),
      tableOf("Resultat för varje del", ["Del", "Resultat", "Nivå", "Besvarade"], rows),
      whatNext(low.map((one) => ({ title: one.title, ...adviceOf(one.place, state.answers[one.id]) })), add),
    ];
  }

  /** Two states side by side: the one that was, and the one that is. */
  compared(then, now) {
    const [before, after] = [this.#scores(then), this.#scores(now)];
    const value = (found) => (found === null ? "–" : `${found} %`);
    const rows = before.map(({ title, found }, number) => [title, value(found), value(after[number].found)]);
    rows.push(["Totalt", value(percent(this.#scored(this.asked, then))), value(percent(this.#scored(this.asked, now)))]);
    const drawn = bars(
      before.map(({ title, found }, number) => ({
        title,
        values: [
          { className: "then", part: (found ?? 0) / 100 },
          { className: "now", part: (after[number].found ?? 0) / 100 },
        ],
      })),
      4,
    );
    return comparison(drawn, rows, ["Del", "Då", "Nu"]);
  }
}

function statementOf(place) {
  const points = Object.fromEntries([...place.querySelectorAll("[data-points]")].map((input) => [input.value, Number(input.dataset.points)]));
  return {
    id: place.dataset.id,
    title: place.querySelector("legend").textContent,
    weight: Number(place.dataset.weight),
    points,
    most: Math.max(...Object.values(points)),
    place,
  };
}

