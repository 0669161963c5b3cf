// One part at a time, back and forth, with what is done so far; or one question at a time, in large type.

import { element } from "../element.js";

const WAYS = [
  ["parts", "En del i taget"],
  ["all", "Alla på en gång"],
  ["workshop", "Workshop: en fråga i taget"],
];

export class Steps {
  /** `tool` says what is answered; `read` gives what the form holds. */
  constructor(form, tool, read) {
    Object.assign(this, { form, tool, read, way: "parts", at: 0 });
    this.parts = [...form.querySelectorAll(".part[data-part]")];
    this.heading = document.getElementById("_verktyg");
    this.bar = element("progress", { max: Math.max(tool.asked.length, 1), id: "_matare" });
    this.bar.setAttribute("aria-label", "Besvarade");
    this.status = element("p", { className: "where" });
    this.place = element("p", {});
    this.list = element("ol", { className: "parts" });
    const nav = element("nav", {}, this.list);
    nav.setAttribute("aria-label", "Verktygets delar");
    this.previous = this.#button("Föregående", () => this.go(this.at - 1));
    this.next = this.#button("Nästa", () => this.go(this.at + 1));
    this.foot = element("p", { className: "turn" }, this.previous, " ", this.next);
    document.getElementById("_panel").replaceChildren(this.#ways(), this.bar, this.status, nav, this.place);
    form.append(this.foot);
    form.addEventListener("keydown", (event) => this.#keyed(event));
    this.#show();
  }

  #button(textContent, act) {
    const button = element("button", { type: "button", className: "quiet", textContent });
    button.addEventListener("click", act);
    return button;
  }

  #ways() {
    const options = WAYS.map(([value, label]) => {
      const input = element("input", { type: "radio", name: "_satt", value, checked: value === this.way });
      input.addEventListener("change", () => this.#choose(value));
      return element("label", { className: "word" }, input, element("span", { textContent: label }));
    });
    return element("fieldset", { className: "ways-to-see" }, element("legend", { textContent: "Visa" }), ...options);
  }

  #choose(way) {
    const part = this.part ?? this.parts[0];
    this.way = way;
    const index = this.stops.findIndex((stop) => stop === part || stop.closest(".part") === part);
    this.at = Math.max(index, 0);
    this.#show();
  }

  /** What one stands at, one at a time: the parts or, in a workshop, the questions and then the other parts. */
  get stops() {
    if (this.way !== "workshop") return this.parts;
    return this.parts.flatMap((part) => {
      const questions = [...part.querySelectorAll(".question")];
      return questions.length ? questions : [part];
    });
  }

  get part() {
    return this.way === "all" ? null : this.stops[this.at]?.closest(".part");
  }

  go(index) {
    this.at = Math.min(Math.max(index, 0), this.stops.length - 1);
    this.#show();
    this.heading.scrollIntoView({ block: "start" });
    const stop = this.stops[this.at];
    const named = stop.querySelector("h3, h4, legend, label") ?? stop;
    named.tabIndex = -1;
    named.focus({ preventScroll: true });
  }

  #show() {
    const stops = this.stops;
    this.form.classList.toggle("workshop", this.way === "workshop");
    this.form.classList.toggle("one", this.way !== "all");
    for (const part of this.parts) part.classList.toggle("now", part === this.part);
    for (const question of this.form.querySelectorAll(".question")) question.classList.toggle("now", question === stops[this.at]);
    this.foot.hidden = this.way === "all";
    this.previous.hidden = this.at === 0;
    this.next.hidden = this.at === stops.length - 1;
    this.update();
  }

  update() {
    const state = this.read();
    const done = this.tool.asked.filter(({ id }) => this.tool.isAnswered(id, state)).length;
    this.bar.value = done;
    this.status.textContent = `${done} av ${this.tool.asked.length} besvarade.`;
    this.place.textContent = this.way === "all" ? "" : `${this.at + 1} av ${this.stops.length}: ${this.part.dataset.part}`;
    this.#links(state);
  }

  #links(state) {
    if (this.list.childElementCount !== this.parts.length) {
      this.list.replaceChildren(...this.parts.map((part) => element("li", {}, this.#button(part.dataset.part, () => this.#to(part)))));
    }
    this.parts.forEach((part, number) => {
      const button = this.list.children[number].firstChild;
      const questions = [...part.querySelectorAll(".question")];
      const done = questions.filter((question) => this.tool.isAnswered(question.dataset.id, state)).length;
      button.textContent = `${part.dataset.part}${questions.length ? ` (${done}/${questions.length})` : ""}`;
      if (part === this.part) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
  }

  #to(part) {
    if (this.way === "all") {
      const heading = part.querySelector("h3");
      heading.tabIndex = -1;
      heading.focus();
    } else this.go(this.stops.findIndex((stop) => stop.closest(".part") === part));
  }

  /** In a workshop the arrows to the sides go on and back; up and down choose among answers as ever. */
  #keyed(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const writes = event.target.matches("textarea, select, input:not([type=radio])");
    if (this.way !== "workshop" || !step || writes || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.go(this.at + step);
  }
}
