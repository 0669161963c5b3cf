// A maturity model: where the organisation stands in each dimension, and where it wants to stand.

import { bars } from "./pictures.js";
import { adviceOf, comparison, key, tableOf, whatNext } from "./results.js";
import { furthest } from "./scoring.js";

const FURTHEST = 5;

export class Maturity {
  constructor(form) {
    this.asked = [...form.querySelectorAll(".question")].map((place) => ({ id: place.dataset.id, title: place.dataset.title, place }));
    this.names = [...this.asked[0].place.querySelectorAll(".ladder strong")].map((name) => name.textContent.replace(/^\d+\. |\.$/g, ""));
    this.highest = this.names.length;
  }

  isAnswered = (id, { answers }) => Boolean(answers[id]);

  #stands({ answers, wanted }) {
    const number = (value) => (value ? Number(value) : null);
    return this.asked.map((one) => ({ ...one, present: number(answers[one.id]), wanted: number(wanted[one.id]) }));
  }

  summary(state) {
    const known = this.#stands(state).filter(({ present }) => present !== null);
    if (!known.length) return "Inget är besvarat än, så det finns inget resultat.";
    const ahead = known.filter(({ present, wanted }) => wanted !== null && wanted > present).length;
    const left = this.asked.length - known.length;
    const said = ahead ? `I ${ahead} av ${known.length} delar vill ni högre än ni står i dag.` : "Ni står där ni vill stå, eller har inte sagt var ni vill stå.";
    return `${said}${left ? ` ${left} av ${this.asked.length} är inte besvarade.` : ""}`;
  }

  /** What a level is called. */
  #named(value) {
    return value === null ? "–" : `${value}. ${this.names[value - 1]}`;
  }

  result(state, add) {
    const stands = this.#stands(state);
    if (!stands.some(({ present }) => present !== null)) return [];
    const rows = stands.map(({ title, present, wanted }) => [title, this.#named(present), this.#named(wanted)]);
    const next = furthest(stands, FURTHEST, this.highest).map(({ title, place, present }) => ({ title, ...adviceOf(place, String(present)) }));
    return [this.#picture(stands.map(({ title, present, wanted }) => [title, present, wanted]), ["now", "wanted"]), key([["now", "i dag"], ["wanted", "önskat"]]), tableOf("Så är det, och så vill ni att det ska vara", ["Del", "I dag", "Önskat"], rows), whatNext(next, add)];
  }

  #picture(rows, classes) {
    return bars(rows.map(([title, ...values]) => ({ title, values: values.map((value, n) => ({ className: classes[n], part: (value ?? 0) / this.highest })) })), this.highest);
  }

  compared(then, now) {
    const [before, after] = [this.#stands(then), this.#stands(now)];
    const rows = before.map(({ title, present }, n) => [title, this.#named(present), this.#named(after[n].present)]);
    return comparison(this.#picture(before.map(({ title, present }, n) => [title, present, after[n].present]), ["then", "now"]), rows, ["Del", "Då", "Nu"]);
  }
}
