// The file of a record, as `check` accepts it: items in YAML, and for most types a text under its headings.

import { idOf, slug } from "./slug.js";

const UNKNOWN = "unknown";
const UNDATED = "odaterad";

/** `name` is where the file belongs in the source, `text` what stands in it, `front` its front matter as values. */
export function fileOf(entry, definition, now) {
  const front = frontOf(entry, definition, now);
  const lines = definition.order.filter((key) => key in front).flatMap((key) => field(key, front[key]));
  const items = `${lines.join("\n")}\n`;
  const text = definition.body ? `---\n${items}---\n\n${body(entry, definition)}` : items;
  return { name: nameOf(front, definition), text, front };
}

function nameOf(front, definition) {
  const day = front.date === UNKNOWN ? UNDATED : slug(front.date ?? "");
  const date = definition.dated ? `${day}-` : "";
  return `${definition.folder}/${date}${idOf(front.title ?? "", definition.names)}${definition.suffix}`;
}

/** With what the editors set, and with what is not known named. */
function frontOf(entry, definition, now) {
  const front = { ...filled(definition.defaults, now.toISOString().slice(0, 10)), ...entry.data };
  const unknown = [
    ...definition.unknowable.filter((key) => !(key in entry.data)),
    ...definition.sections.filter(({ key, required }) => !required && !entry.sections[key]).map(({ key }) => key),
  ];
  return unknown.length ? { ...front, not_documented: unknown } : front;
}

/** The defaults with the day of writing in them. */
function filled(value, today) {
  if (value === null || typeof value !== "object") return value;
  if (value.today) return today;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, filled(part, today)]));
}

function body(entry, definition) {
  if (!definition.sections.length) return `${entry.text}\n`;
  const written = definition.sections.filter(({ key }) => entry.sections[key]);
  return written.map(({ key, heading }) => `## ${heading}\n\n${entry.sections[key]}\n`).join("\n");
}

function field(key, value) {
  if (!Array.isArray(value)) return typeof value === "object" ? [`${key}:`, ...group(value, "  ")] : [`${key}: ${scalar(value)}`];
  if (value.every((item) => typeof item !== "object")) return [`${key}: [${value.map(scalar).join(", ")}]`];
  return [`${key}:`, ...value.flatMap((item) => group(item, "    ").map((line, n) => (n ? line : `  - ${line.slice(4)}`)))];
}

function group(values, indent) {
  return Object.entries(values).map(([key, value]) => `${indent}${key}: ${scalar(value)}`);
}

// Letters, figures and the signs that mean nothing in YAML wherever they stand.
const PLAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N} .()/%+§’”–-]*[\p{L}\p{N}.)%”])?$/u;
const WORD_OF_YAML = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/** A text in quotation marks is the same in JSON and YAML. */
function scalar(value) {
  const text = String(value);
  return PLAIN.test(text) && !WORD_OF_YAML.test(text) ? text : JSON.stringify(text);
}
