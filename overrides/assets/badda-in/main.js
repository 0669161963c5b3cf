// The builder of codes for others' pages: every change shows in the code, and the code in an imitated page.
// What is chosen stands in the address, so that it can be kept and sent. Without this script there are ready codes.

import { asked, codeFor, comment, fragmentName, hindrance, shown, styleFor } from "./codes.js";
import { Stage } from "./stage.js";

const form = document.getElementById("_byggare");
const root = new URL(form.dataset.root, location.href).href;
const folder = new URL("embed/v1/", root);

const part = (id) => document.getElementById(id);

async function got(name) {
  const answer = await fetch(new URL(name, folder));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer;
}

const gotData = async (name) => (await got(name)).json();

class Builder {
  #turn = 0;
  #shown = "";

  constructor(site, scripts) {
    Object.assign(this, { site, scripts });
    this.stage = new Stage(part("_visning"), site.home, root);
    this.steps = new Map([...form.elements.steg].map((input) => [Number(input.value), { number: Number(input.value), ...input.dataset }]));
  }

  async update() {
    const turn = (this.#turn += 1);
    const titles = form.elements.visa.value === "sida" ? await pages() : new Map();
    const wanted = asked(form, this.site);
    const step = this.#settle(wanted);
    this.#reveal(wanted, step);
    const what = shown(wanted, this.site, titles);
    const code = await this.#code(wanted, what, step);
    if (turn !== this.#turn) return;
    const style = styleFor({ ...wanted, step });
    part("_kod").value = code;
    part("_css").value = style;
    part("_stil").hidden = !style;
    part("_valt").textContent = `${what.title}. Steg ${step}: ${this.steps.get(step).name}. Kräver ${this.steps.get(step).demands}.`;
    this.#server(wanted, what, step);
    this.#keep();
    if (code + style === this.#shown) return;
    this.#shown = code + style;
    this.stage.show(code, style, (height) => this.#height(step === 2 && height));
  }

  /** The step that is chosen or, where it can't show what is asked for, the highest one. */
  #settle(wanted) {
    for (const input of form.elements.steg) {
      const why = hindrance(wanted, Number(input.value));
      input.disabled = Boolean(why);
      form.querySelector(`[data-why="${input.value}"]`).textContent = why;
    }
    if (form.querySelector('[name="steg"]:checked:disabled')) form.elements.steg.value = "4";
    return Number(form.elements.steg.value);
  }

  #reveal(wanted, step) {
    part("_sida").hidden = wanted.place === null;
    part("_urval").hidden = wanted.place !== null;
    for (const field of form.querySelectorAll("[data-steps]")) {
      field.hidden = !field.dataset.steps.split(" ").includes(String(step)) || (wanted.place !== null && "lists" in field.dataset);
    }
    for (const field of form.querySelectorAll(".colours .entry-field")) field.hidden = !wanted.colours.length;
    part("_utseende").hidden = ![...part("_utseende").querySelectorAll("[data-steps]")].some((field) => !field.hidden);
  }

  async #code(wanted, what, step) {
    if (step > 1) return codeFor(wanted, what, this.site, this.scripts, this.steps.get(step));
    const html = await (await got(fragmentName(wanted, what))).text();
    return comment(this.steps.get(1)) + html;
  }

  #server(wanted, what, step) {
    part("_server").hidden = step !== 1;
    const address = `${this.site.home}embed/v1/${fragmentName(wanted, what)}`;
    Object.assign(part("_fragment"), { href: address, textContent: address });
  }

  #height(height) {
    part("_hojd-nu").textContent = height ? `Innehållet är ${height} bildpunkter högt vid den här bredden.` : "";
  }

  /** What differs from how the form begins, in the address. */
  #keep() {
    const said = [...new FormData(form)].filter(([key, value]) => value && !isBeginning(key, value));
    if (!form.elements.las.checked) said.push(["las", "nej"]);
    const query = new URLSearchParams(said);
    history.replaceState(null, "", `${location.pathname}${said.length ? `?${query}` : ""}${location.hash}`);
  }
}

const PASSING = new Set(["bredd"]);

function isBeginning(key, value) {
  if (PASSING.has(key) || (key === "post" && form.elements.visa.value !== "sida")) return true;
  if (["lank", "rubrikfarg"].includes(key) && !form.elements.farger.checked) return true;
  return beginning.get(key) === value;
}

const beginning = new FormData(form);

/** Fills the form in from the address. What it does not know is passed over. */
function fill() {
  const said = new URLSearchParams(location.search);
  if (said.has("post") && !said.has("visa")) said.set("visa", "sida");
  if (said.has("typ") && !said.has("visa")) said.set("visa", said.get("typ"));
  for (const [key, value] of said) {
    const field = form.elements[key];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = value === field.value;
    else if (field instanceof RadioNodeList ? [...field].some((one) => one.value === value) : holds(field, value)) field.value = value;
  }
  for (const details of form.querySelectorAll("details")) details.open = [...details.querySelectorAll("select")].some(({ value }) => value);
}

function holds(field, value) {
  if (field.localName === "select") return [...field.options].some((option) => option.value === value);
  return field.type !== "color" || /^#[0-9a-f]{6}$/.test(value);
}

let titled;

/** The titles of all pages that can be shown, by where they are; the menu of pages is filled with them. They are
 * many, and fetched when they are first asked for. */
function pages() {
  titled ??= gotPages();
  titled.catch(() => (titled = null));
  return titled;
}

async function gotPages() {
  const titles = new Map();
  const groups = [...part("_post").querySelectorAll("optgroup")];
  const lists = await Promise.all(groups.map((group) => gotData(`${group.dataset.list}.json`)));
  groups.forEach((group, number) => {
    for (const { address, title } of lists[number].items) {
      titles.set(address, title);
      group.append(new Option(title, address));
    }
    if (!group.childElementCount) group.remove();
  });
  return titles;
}

async function copy(button) {
  const field = part(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(field.value);
    part("_besked").textContent = button.dataset.copy === "_kod" ? "Koden är kopierad." : "Stilen är kopierad.";
  } catch {
    field.select();
    part("_besked").textContent = "Det gick inte att kopiera. Texten är markerad: kopiera den med Ctrl+C eller Cmd+C.";
  }
}

function wide({ value }) {
  part("_visning").classList.toggle("phone", value === "320");
}

async function start() {
  const [site, scripts] = await Promise.all([gotData("val.json"), gotData("integritet.json")]);
  const builder = new Builder(site, scripts);
  const update = () => builder.update().catch(failed);
  if (new URLSearchParams(location.search).has("post")) await pages();
  fill();
  let waiting;
  form.addEventListener("input", (event) => {
    part("_besked").textContent = "";
    if (event.target.name === "bredd") return wide(event.target);
    clearTimeout(waiting);
    waiting = setTimeout(update, 200);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => event.target.dataset.copy && copy(event.target));
  form.hidden = false;
  await update();
}

function failed() {
  part("_besked").textContent = "Det gick inte att hämta det som ska visas. Ladda om sidan, eller använd en färdig kod nedan.";
}

start().catch(() => {
  form.before(Object.assign(document.createElement("p"), { className: "note", textContent: "Det gick inte att hämta det som behövs för att göra en kod. Ladda om sidan, eller använd en färdig kod nedan." }));
});
