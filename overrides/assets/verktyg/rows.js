// A list that grows: rows of fields, each with a label of its own.

import { element } from "../element.js";

export class Rows {
  /** `fields` are [key, label, kind], where a kind is text, date or a function that gives choices; `named` is what
   * one row is called. `keeps` are the keys of a row that no field shows. */
  constructor(place, fields, named, keeps = []) {
    Object.assign(this, { place, fields, named, keeps, number: 0 });
    this.list = element("ol", { className: "rows" });
    this.button = element("button", { type: "button", className: "quiet", textContent: `Lägg till ${named}` });
    this.button.addEventListener("click", () => this.add({}).querySelector("textarea, input, select").focus());
    place.replaceChildren(this.list, element("p", {}, this.button));
  }

  add(values) {
    this.number += 1;
    const row = element("li", { className: "row" });
    row.kept = Object.fromEntries(this.keeps.map((key) => [key, values[key] ?? ""]));
    row.append(...this.fields.map((field) => this.#field(field, values)));
    const remove = element("button", { type: "button", className: "quiet", textContent: "Ta bort" });
    remove.setAttribute("aria-label", `Ta bort ${this.named} ${this.list.childElementCount + 1}`);
    remove.addEventListener("click", () => this.#remove(row));
    row.append(element("p", {}, remove));
    this.list.append(row);
    return row;
  }

  #field([key, label, kind], values) {
    const id = `_r-${this.list.parentNode.id}-${this.number}-${key}`;
    const field = element(kind === "text" ? "textarea" : typeof kind === "function" ? "select" : "input", { id });
    field.dataset.key = key;
    if (kind === "text") Object.assign(field, { rows: 2, maxLength: 5000 });
    if (kind === "date") field.type = "date";
    if (typeof kind === "function") field.choices = kind;
    this.#choices(field);
    field.value = values[key] ?? "";
    return element("div", { className: "entry-field" }, element("label", { htmlFor: id, textContent: label }), field);
  }

  /** What can be chosen may have changed. */
  refresh() {
    for (const field of this.list.querySelectorAll("select")) {
      const { value } = field;
      this.#choices(field);
      field.value = value;
    }
  }

  #choices(field) {
    if (!field.choices) return;
    field.replaceChildren(new Option("Välj", ""), ...field.choices().map(([value, text]) => new Option(text, value)));
  }

  #remove(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next?.querySelector("textarea, input") ?? this.button).focus();
    this.list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** The rows that say something. */
  read() {
    const rows = [...this.list.children].map((row) => {
      const fields = [...row.querySelectorAll("[data-key]")].map((field) => [field.dataset.key, field.value.trim()]);
      return { said: fields.some(([, value]) => value), values: { ...row.kept, ...Object.fromEntries(fields) } };
    });
    return rows.filter(({ said }) => said).map(({ values }) => values);
  }

  fill(rows) {
    this.list.replaceChildren();
    for (const values of rows) this.add(values);
  }
}
