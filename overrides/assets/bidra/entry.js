// What is filled in, as the values of a record. Names say where a value belongs: "title", "period.from",
// "sources.0.section", and "section.goals" for a stretch of the text.

const SECTION = "section";

/** The name of a control without the numbers of its items. */
export function kindName(name) {
  return name.replace(/\.\d+\./g, ".");
}

/** `data` are the values of the fields, `sections` the texts by key; `text` is the text of a type without sections. */
export function read(form, definition) {
  const entry = { data: {}, sections: {}, text: "" };
  for (const [name, given] of gathered(form)) {
    if (name === SECTION) entry.text = paragraphs(given.at(-1));
    else if (name.startsWith(`${SECTION}.`)) {
      const text = paragraphs(given.at(-1));
      if (text) entry.sections[name.slice(SECTION.length + 1)] = text;
    } else {
      const value = valueOf(given, definition.kinds[kindName(name)]);
      if (value !== undefined) place(entry.data, name.split("."), value);
    }
  }
  compact(entry.data);
  return entry;
}

function gathered(form) {
  const values = new Map();
  for (const [name, value] of new FormData(form)) {
    values.set(name, [...(values.get(name) ?? []), String(value).normalize("NFC")]);
  }
  return values;
}

/** undefined for what is left empty. A whole number is one wherever it is written, as in a file. */
function valueOf(given, kind) {
  if (kind === "many") return given;
  if (kind === "lines") {
    const lines = given.flatMap((text) => text.split("\n")).map(oneLine).filter(Boolean);
    return lines.length ? lines : undefined;
  }
  return given.map(oneLine).filter(Boolean).at(-1);
}

function oneLine(text) {
  return text.replace(/[ \t\r\n\u00a0]+/g, " ").trim();
}

/** A text with its lines as they are, but for what nobody sees: blanks at the ends, many empty lines. */
export function paragraphs(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n").map((line) => line.trimEnd());
  return lines.join("\n").replace(/\n{3,}/g, "\n\n").trim();
}

function place(data, [step, ...rest], value) {
  if (!rest.length) data[step] = value;
  else {
    data[step] ??= /^\d+$/.test(rest[0]) ? [] : {};
    place(data[step], rest, value);
  }
}

/** Items that were left empty leave no hole. */
function compact(data) {
  for (const [key, value] of Object.entries(data)) {
    if (Array.isArray(value)) data[key] = value.filter((item) => item !== undefined);
  }
}

/** A further item of a group, empty and with the focus in it. */
export function addItem(group) {
  const items = group.querySelectorAll("[data-item]");
  const number = items.length;
  const item = items[0].cloneNode(true);
  item.setAttribute("aria-label", items[0].getAttribute("aria-label").replace(/\d+$/, number + 1));
  for (const part of item.querySelectorAll("*")) renumber(part, number);
  for (const control of item.querySelectorAll("input, select, textarea")) empty(control);
  for (const fault of item.querySelectorAll(".fault")) fault.hidden = true;
  for (const faulty of item.querySelectorAll("[aria-invalid]")) faulty.removeAttribute("aria-invalid");
  items[number - 1].after(item);
  item.querySelector("input, select, textarea").focus();
}

function renumber(part, number) {
  for (const { name, value } of [...part.attributes]) {
    if (name === "name" || name === "data-control") part.setAttribute(name, value.replace(".0.", `.${number}.`));
    else if (["id", "for", "aria-describedby", "data-instead"].includes(name)) {
      part.setAttribute(name, value.replaceAll("-0-", `-${number}-`));
    }
  }
}

function empty(control) {
  if (control.type === "radio" || control.type === "checkbox") control.checked = control.defaultChecked;
  else control.value = control.defaultValue ?? "";
}

/** A word such as "not known" stands instead of what is written beside it. */
export function switchInstead(form, box) {
  if (!box.dataset.instead) return;
  form.querySelector(`#${CSS.escape(box.dataset.instead)}`).disabled = box.checked;
}
