// What is found, beside each control and, when the reader asks for it, in a list that leads to them.

import { element } from "../element.js";

export class Report {
  constructor(form) {
    this.form = form;
    this.place = document.getElementById("_rapport");
    this.heading = document.getElementById("_rapport-rubrik");
    this.list = document.getElementById("_rapport-lista");
    this.message = document.getElementById("_besked");
  }

  /** The names of all controls. */
  names() {
    return [...this.form.querySelectorAll("[data-control]")].map((control) => control.dataset.control);
  }

  /** Puts the findings of the controls named beside them, and takes away what is mended. */
  show(found, names) {
    for (const box of this.form.querySelectorAll("[data-control]")) {
      const isNamed = names.has(box.dataset.control);
      const own = isNamed ? found.filter((finding) => this.#boxOf(finding.name) === box) : [];
      const fault = box.querySelector(":scope > .fault");
      fault.textContent = [...new Set(own.map(({ message, help }) => `${message} ${help}`))].join(" ");
      fault.hidden = own.length === 0;
      fault.classList.toggle("advice", own.every(({ severity }) => severity !== "error"));
      const wrong = own.some(({ severity }) => severity === "error");
      const control = this.#controlOf(box);
      if (wrong) {
        control.setAttribute("aria-invalid", "true");
        unfold(control);
      }
      if (!wrong) control.removeAttribute("aria-invalid");
    }
    if (!this.place.hidden) this.#fill(found);
  }

  /** Tells the whole, and leads there: to the list where something must be mended, else to the file. */
  summary(found) {
    const faults = found.filter(({ severity }) => severity === "error");
    this.#fill(found);
    this.place.hidden = found.length === 0;
    this.message.textContent = faults.length ? `${this.heading.textContent}. De står i en lista överst i formuläret.` : "Inget fel hittades. Filen är klar att skicka.";
    (faults.length ? this.place : document.getElementById("_fil")).focus();
  }

  #fill(found) {
    const faults = found.filter(({ severity }) => severity === "error").length;
    const advice = found.length - faults;
    this.heading.textContent = faults ? (faults === 1 ? "1 sak att rätta" : `${faults} saker att rätta`) : advice ? "Inget fel, men något att tänka på" : "Inget att rätta längre";
    this.list.replaceChildren(...found.map((finding) => this.#item(finding)));
  }

  #item({ name, message, help }) {
    const box = this.#boxOf(name);
    const label = labelOf(box);
    const textContent = message.includes(label) ? message : `${label}: ${message}`;
    const link = element("a", { href: `#${this.#controlOf(box).id}`, textContent });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const target = this.#target(box);
      unfold(target);
      target.focus();
    });
    return element("li", {}, link, ` ${help}`);
  }

  /** The box of a control, or of the group that it is in; what has neither is told with the title. */
  #boxOf(name) {
    const steps = name.split(".");
    while (steps.length) {
      const box = this.form.querySelector(`[data-control="${CSS.escape(steps.join("."))}"]`);
      if (box) return box;
      steps.pop();
    }
    return this.form.querySelector("[data-control]");
  }

  /** What carries the state: the field itself, or a set of fields. */
  #controlOf(box) {
    return box.matches("fieldset") ? box : box.querySelector("input, textarea, select");
  }

  #target(box) {
    return box.querySelector("input:not(:disabled), textarea, select");
  }
}

/** Opens what a control is folded away in. */
function unfold(control) {
  control.closest("details")?.setAttribute("open", "");
}

function labelOf(box) {
  const label = box.querySelector("legend, label");
  return label.firstChild.textContent.trim();
}
