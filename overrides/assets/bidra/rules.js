// The rules that an entry is held to: the schema of the field dictionary, by a validator that knows JSON Schema,
// and what the checks look for beside it. The words are theirs, with labels where files have keys.

import { addressesIn, webFault } from "./addresses.js";
import { exists, holdsIdentityNumber } from "./identity.js";
import { kindName } from "./entry.js";
import { Validator } from "./json-schema/validator.js";
import { blocksOf, lix } from "./lix.js";
import { inProse } from "./prose.js";
import { hasLetterOrDigit, signsIn } from "./signs.js";
import { idOf } from "./slug.js";

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const SEASONS = { vår: "-03", sommar: "-06", höst: "-09", vinter: "-12" };
const TYPES = { string: "en text", integer: "ett heltal", array: "en lista", object: "en grupp av uppgifter" };
const TITLE = "title";
const WHOLE = /^-?(?:0|[1-9][0-9]{0,14})$/;

export class Rules {
  constructor(definition, schema) {
    this.definition = definition;
    this.schema = schema;
    this.validator = new Validator(schema, "2020-12", false);
  }

  /** What is wrong with an entry and its file: { code, severity, name, message, help }, where the name is that of the control. */
  findings(entry, file) {
    const found = [
      ...this.#bySchema(file.front),
      ...this.#dates(file.front),
      ...this.#name(file),
      ...this.#substance(entry, file.front),
      ...this.#texts(entry),
      ...this.#characters(entry),
    ];
    return found.map(([code, name, values]) => this.finding(code, name, values));
  }

  /** A finding in the words of its rule. */
  finding(code, name, values = {}) {
    const rule = this.definition.rules[code];
    const help = values.nearest && rule.nearest ? rule.nearest : rule.help;
    const said = { key: this.#label(name), ...values };
    return { code, severity: rule.severity, name, message: fill(rule.message, said), help: fill(help, said) };
  }

  #label(name) {
    return this.definition.labels[kindName(name)] ?? name;
  }

  *#bySchema(front) {
    for (const { instanceLocation, keyword, error } of this.validator.validate(typed(front, this.schema)).errors) {
      const steps = instanceLocation.split("/").slice(1).map(decoded);
      const finding = this.#failed(steps, keyword, error, at(front, steps));
      if (finding) yield finding;
    }
  }

  /** A failed keyword as a finding; those that only say that something inside them failed are passed over. */
  #failed(steps, keyword, error, value) {
    const schema = subschema(this.schema, steps);
    const name = steps.join(".");
    const field = /^\d+$/.test(steps.at(-1)) ? subschema(this.schema, steps.slice(0, -1)) : schema;
    const known = { value, example: exampleOf(field), help: field.description ?? "" };
    switch (keyword) {
      case "required": {
        const missing = /"(.*)"/.exec(error)[1];
        const path = [...steps, missing];
        return ["empty-value", path.join("."), { example: exampleOf(subschema(this.schema, path)) }];
      }
      case "minLength":
        return ["too-short", name, { ...known, limit: schema.minLength, now: [...value].length }];
      case "maxLength":
        return ["too-long", name, { ...known, limit: schema.maxLength, now: [...value].length }];
      case "pattern":
        return ["wrong-format", name, known];
      case "type":
        return ["wrong-type", name, { ...known, expected: [schema.type].flat().map((type) => TYPES[type]).join(" eller ") }];
      case "enum":
        return ["unknown-term", name, { ...known, known: schema.enum.join(", ") }];
      case "minimum":
      case "maximum":
        return ["out-of-range", name, { ...known, limits: limitsOf(schema) }];
      case "uniqueItems":
        return ["repeated-value", name, { value: value.find((item, n) => value.indexOf(item) < n) }];
      default:
        return null;
    }
  }

  /** Days that don't exist, and periods that end before they begin. */
  *#dates(front) {
    for (const [name, value] of leaves(front)) {
      const day = typeof value === "string" && subschema(this.schema, name.split(".")).format?.includes("date") && DAY.exec(value);
      if (day && !exists(...day.slice(1).map(Number))) yield ["impossible-date", name, { value }];
    }
    const spans = [[front.period?.from, front.period?.to, "period"], [front.date, front.end, "end"]];
    for (const [start, to, name] of spans) {
      if (start && to && endsBefore(to, start)) yield ["impossible-period", name, { start, to }];
    }
  }

  *#name(file) {
    const id = idOf(file.front.title ?? "", this.definition.names);
    if (file.front.title && !id) {
      const example = `exempel${this.definition.suffix}`;
      yield ["wrong-file-name", TITLE, { name: file.front.title, example }];
    }
    if (this.definition.taken.includes(id)) yield ["duplicate-id", TITLE, { first: "En annan sida", id }];
  }

  *#substance(entry, front) {
    const status = this.definition.not_begun[front.status];
    for (const { key, heading, required } of this.definition.sections) {
      if (required && !entry.sections[key]) yield ["required-section", `section.${key}`, { heading }];
      const told = ["results", "effects"].includes(key) && entry.sections[key];
      if (told && status) yield ["result-on-plan", `section.${key}`, { heading, status }];
    }
    if (!this.definition.held.includes(front.status)) return;
    for (const [key, code] of [["participants", "participants-unstated"], ["evaluated", "evaluation-unstated"]]) {
      if (this.definition.order.includes(key) && !(key in front)) yield [code, key, {}];
    }
  }

  *#texts(entry) {
    const { sections } = this.definition;
    if (!this.definition.body) return;
    if (!sections.length && !entry.text) yield ["empty-value", "section", { example: "några meningar om vad som hände." }];
    const texts = sections.length
      ? Object.entries(entry.sections).map(([key, text]) => [`section.${key}`, text, 2])
      : [["section", entry.text, 1]];
    for (const [name, text, above] of texts) {
      for (const [code, values] of inProse(text, above, this.definition)) yield [code, name, values];
    }
    const index = lix(texts.flatMap(([, text]) => blocksOf(text)));
    if (index > this.definition.lix) yield ["hard-to-read", texts[0][0], { lix: index, limit: this.definition.lix }];
  }

  /** Texts without words, addresses in them that hide something, signs that don't show and identity numbers, wherever they are written. */
  *#characters(entry) {
    const texts = Object.entries(entry.sections).map(([key, text]) => [`section.${key}`, text]);
    const values = [...leaves(entry.data)];
    for (const [name, value] of values) yield* this.#value(name, String(value));
    for (const [name, value] of [...values, ...texts, ["section", entry.text]]) {
      const text = String(value);
      for (const [code, said] of signsIn(text, this.definition.signs)) yield [code, name, said];
      if (holdsIdentityNumber(text)) yield ["identity-number", name, {}];
    }
  }

  /** Of a value in words of the writer's own. */
  *#value(name, text) {
    if (!isText(subschema(this.schema, name.split(".")))) return;
    if (text.trim() && !hasLetterOrDigit(text)) yield ["text-without-letters", name, { what: `”${this.#label(name)}”`, text }];
    for (const target of addressesIn(text)) {
      const fault = this.definition.faults[webFault(target, this.definition.nearby)];
      if (fault) yield ["unclear-address", name, { target, fault }];
    }
  }
}

/** Whether a field, or each item of a list, holds running text. */
function isText(schema) {
  const { type, format, enum: words, pattern } = schema.items ?? schema;
  return [type].flat().includes("string") && !format && !words && !pattern;
}

/** Whole numbers as such where the schema takes one, as the checks read them. */
function typed(front, schema) {
  const isNumber = (key, value) => [schema.properties[key]?.type].flat().includes("integer") && WHOLE.test(value);
  return Object.fromEntries(Object.entries(front).map(([key, value]) => [key, isNumber(key, value) ? Number(value) : value]));
}

function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (mark, name) => values[name] ?? mark);
}

function decoded(step) {
  return decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
}

function at(value, steps) {
  return steps.reduce((found, step) => found?.[step], value);
}

function subschema(schema, steps) {
  return steps.reduce((found, step) => (/^\d+$/.test(step) ? found?.items : found?.properties?.[step]) ?? {}, schema);
}

/** Every value by its name; the items of a list have the name of the list. */
function* leaves(data, above = "") {
  for (const [key, value] of Object.entries(data)) {
    const name = above + key;
    if (Array.isArray(value) && value.some((item) => typeof item === "object")) yield* leaves(value, `${name}.`);
    else if (Array.isArray(value)) yield* value.map((item) => [name, item]);
    else if (value !== null && typeof value === "object") yield* leaves(value, `${name}.`);
    else yield [name, value];
  }
}

/** A value that fits, in the words that the form shows. */
function exampleOf(schema) {
  const [example] = schema.examples ?? schema.enum ?? ["…"];
  return inWords(example, schema);
}

function inWords(value, schema) {
  if (Array.isArray(value)) return value.map((item) => inWords(item, schema.items ?? {})).join(", ");
  if (typeof value === "object") return Object.entries(value).map(([key, part]) => inWords(part, schema.properties?.[key] ?? {})).join(", ");
  return schema.enumDescriptions?.[schema.enum.indexOf(value)] ?? String(value);
}

function limitsOf({ minimum, maximum }) {
  if (maximum === undefined) return `minst ${minimum}`;
  return minimum === undefined ? `högst ${maximum}` : `mellan ${minimum} och ${maximum}`;
}

function endsBefore(to, start) {
  const [one, other] = [comparable(to), comparable(start)];
  const shared = Math.min(one.length, other.length);
  return one.slice(0, shared) < other.slice(0, shared);
}

/** A partial date that sorts; a season by the month that it begins in, roughly. */
function comparable(text) {
  if (!/^\d{4}/.test(text)) return "";
  const [year, ...rest] = text.split("-");
  return year + (SEASONS[rest.join("-")] ?? (rest.length ? `-${rest.join("-")}` : ""));
}
