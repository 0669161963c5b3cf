// What has been filled in: read from the form, put back into it, and judged when it comes from a file.

const FORMAT = "kunskapsbanken-verktyg";
const VERSION = 1;
const LARGEST = 1_000_000; // characters of a file
const LONGEST = 5000; // characters of a text
const MOST = 200; // rows of a list

const GROUPS = { a: "answers", w: "wanted", n: "notes" };

/** `lists` are the lists of rows by their names. */
export function read(form, lists) {
  const state = { answers: {}, wanted: {}, notes: {} };
  for (const [name, value] of new FormData(form)) {
    const [group, id] = [name.slice(0, 1), name.slice(2)];
    if (name[1] === "." && GROUPS[group] && value.trim()) state[GROUPS[group]][id] = value;
  }
  for (const [name, list] of Object.entries(lists)) state[name] = list.read();
  return state;
}

export function isEmpty(state) {
  return Object.values(state).every((part) => !Object.keys(part).length);
}

/** Puts a state in the place of what stands in the form. Gives how many values had nowhere to go. */
export function fill(form, state, lists) {
  form.reset();
  let left = 0;
  for (const [letter, group] of Object.entries(GROUPS)) {
    for (const [id, value] of Object.entries(state[group])) left += put(form, `${letter}.${id}`, value) ? 0 : 1;
  }
  for (const [name, list] of Object.entries(lists)) list.fill(state[name] ?? []);
  return left;
}

function put(form, name, value) {
  const field = form.elements.namedItem(name);
  if (!field) return false;
  if (field instanceof RadioNodeList && ![...field].some((one) => one.value === value)) return false;
  field.value = value;
  return true;
}

/** The text of a file. */
export function written(state, tool, now) {
  const file = { format: FORMAT, version: VERSION, tool: tool.id, title: tool.title, saved: now.toISOString(), ...state };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** What cannot be opened, in a sentence for the reader. */
export class Refused extends Error {}

/** The state in the text of a file, and when it was saved. Only texts, short enough, are taken from it. */
export function opened(text, tool) {
  if (text.length > LARGEST) throw new Refused("Filen är för stor för att vara sparad här.");
  const file = parsed(text);
  if (file?.format !== FORMAT) throw new Refused("Filen är inte sparad från ett verktyg här.");
  if (file.tool !== tool.id) throw new Refused(`Filen hör till ett annat verktyg: ${short(file.title) || "okänt"}. Öppna den där.`);
  if (!Number.isInteger(file.version) || file.version > VERSION) throw new Refused("Filen är sparad av en senare version. Ladda om sidan och försök igen.");
  const state = {};
  for (const group of Object.values(GROUPS)) state[group] = texts(file[group]);
  for (const name of ["actions", "goals"]) state[name] = rows(file[name]);
  const saved = new Date(file.saved);
  return { state, saved: Number.isNaN(saved.getTime()) ? null : saved };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused("Filen går inte att läsa. Den kan vara avbruten.");
  }
}

const short = (value) => (typeof value === "string" ? value.slice(0, 100) : "");

function rows(list) {
  const found = Array.isArray(list) ? list.slice(0, MOST).map(texts) : [];
  return found.filter((row) => Object.keys(row).length);
}

function texts(group) {
  if (typeof group !== "object" || group === null || Array.isArray(group)) return {};
  const kept = Object.entries(group).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(kept.map(([key, value]) => [key, value.slice(0, LONGEST)]));
}
