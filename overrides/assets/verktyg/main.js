// Makes the form of a tool something to work in. Without this script it is a paper to fill in. What is filled in
// never leaves the page by itself.

import { element } from "../element.js";
import { Checklist } from "./checklist.js";
import { Keep } from "./keep.js";
import { Maturity } from "./maturity.js";
import { Planner } from "./planner.js";
import { Rows } from "./rows.js";
import { fill, read } from "./state.js";
import { Steps } from "./steps.js";

const KINDS = { checklist: Checklist, maturity: Maturity, planner: Planner };
const LATER = 300; // milliseconds until what a reader writes is counted

const form = document.getElementById("_verktyg-formular");

function start() {
  const kind = new KINDS[form.dataset.kind](form);
  const lists = kind.lists?.() ?? {};
  const goal = lists.goals ? [["goal", "Till målet", () => kind.choices]] : [];
  lists.actions = new Rows(actionsPlace(), [["action", "Åtgärd", "text"], ...goal, ["responsible", "Ansvarig funktion", "text"], ["date", "Klart", "date"], ["followUp", "Följs upp", "date"]], "en åtgärd");
  form.classList.add("working");
  const result = part("_resultat", "Resultat");
  const place = part("_spara", "Spara och dela");
  const work = {
    read: () => read(form, lists),
    fill(state) {
      // fields that follow the lists must be there before they are filled
      for (const [name, list] of Object.entries(lists)) list.fill(state[name] ?? []);
      kind.follow?.(work.read());
      const left = fill(form, state, lists);
      update();
      return left;
    },
  };
  const keep = new Keep(place, { id: form.dataset.tool, title: form.dataset.title, kind }, work);
  const steps = new Steps(form, kind, work.read);
  const summary = element("p", { id: "_sammanfattning" });
  summary.setAttribute("role", "status");
  const shown = element("div", {});
  result.append(element("h3", { textContent: "Resultat" }), summary, shown);
  let last = "";

  function add(advice) {
    lists.actions.add({ action: advice });
    changed();
    keep.message.textContent = "Tillagt bland åtgärderna.";
  }

  function update() {
    const state = work.read();
    kind.follow?.(state);
    lists.actions.refresh();
    for (const field of form.querySelectorAll("textarea")) grow(field);
    steps.update();
    const words = kind.summary(work.read());
    if (summary.textContent !== words) summary.textContent = words;
    const now = JSON.stringify(state);
    if (now !== last) shown.replaceChildren(...kind.result(work.read(), add));
    last = now;
  }

  function changed() {
    keep.changed = true;
    update();
  }

  let waiting;
  form.addEventListener("change", (event) => event.target.name !== "_satt" && event.target.type !== "file" && changed());
  form.addEventListener("input", (event) => {
    if (!event.target.matches("textarea")) return;
    keep.changed = true;
    clearTimeout(waiting);
    waiting = setTimeout(update, LATER);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  update();
}

const LINE = 60; // letters, at least, of a line in a field

/** A field has room for all that is in it, also on paper, where nobody can scroll. */
function grow(field) {
  const lines = field.value.split("\n").map((line) => Math.max(Math.ceil(line.length / LINE), 1));
  field.rows = Math.max(lines.reduce((sum, one) => sum + one, 0), Number((field.dataset.rows ??= field.rows)));
}

/** The list of actions stands where the tool has a step for it, else in a part of its own. */
function actionsPlace() {
  const own = document.getElementById("_atgarder");
  const step = document.getElementById("_har-atgarder");
  const place = element("div", { id: "_atgardslista" });
  if (step) {
    own.remove();
    step.append(place);
  } else own.querySelector(".wide").replaceWith(place);
  return place;
}

/** A part of the form that only the script can fill. */
function part(id, name) {
  const place = document.getElementById(id);
  place.classList.add("part");
  place.dataset.part = name;
  return place;
}

if (form) start();
