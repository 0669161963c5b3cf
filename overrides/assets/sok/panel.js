// What there is to choose by, as check boxes in place of the links that stand there without a script.

import { element } from "../element.js";

export class Panel {
  /** `choose` is told the chosen values at every change. */
  constructor(place, offered, choose) {
    place.open = matchMedia("(min-width: 54rem)").matches; // on a phone the hits come first
    this.boxes = new Map();
    this.summaries = new Map();
    const open = new Set([...place.querySelectorAll("details[open]")].map((details) => details.dataset.key));
    place.querySelectorAll("details").forEach((details) => details.remove());
    place.append(...offered.list.map((choice) => this.group(choice, open.has(choice.key))));
    place.addEventListener("change", () => choose([...this.boxes].filter(([, box]) => box.checked).map(([v]) => v)));
  }

  group(choice, isOpen) {
    const number = element("span", { className: "fine" });
    const items = choice.values.map((value) => {
      const box = element("input", { type: "checkbox", name: choice.key, value: value.key });
      const count = element("span", { className: "fine" });
      box.count = count;
      this.boxes.set(value, box);
      return element("li", {}, element("label", {}, box, element("span", {}, value.label), " ", count));
    });
    const group = element("div", { role: "group", ariaLabel: choice.label }, element("ul", {}, ...items));
    const details = element(
      "details",
      { open: isOpen },
      element("summary", {}, `${choice.label} `, number),
      group,
    );
    this.summaries.set(choice, { details, number });
    return details;
  }

  show(chosen, counts) {
    for (const [value, box] of this.boxes) {
      box.checked = chosen.includes(value);
      box.count.textContent = `(${counts.get(value)})`;
      box.closest("li").classList.toggle("no-hits", counts.get(value) === 0 && !box.checked);
    }
    for (const [choice, { details, number }] of this.summaries) {
      const many = chosen.filter((value) => value.choice === choice).length;
      number.textContent = many ? `(${many} ${many === 1 ? "vald" : "valda"})` : "";
      if (many) details.open = true;
    }
  }
}
