// A form at work: what it does when something is written, checked or sent. Nothing leaves the page until the
// reader chooses a way to send, and nothing is stored. Without this script the page offers a file to fill in.

import { Counters } from "./counters.js";
import { addItem, switchInstead } from "./entry.js";
import { Report } from "./report.js";
import { Rules } from "./rules.js";
import { Ways } from "./ways.js";

const form = document.getElementById("_formular");

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** `judge(form, definition, rules)` gives what is written as { entry, file, found }. */
async function start(judge) {
  const place = new URL(form.dataset.definition, location.href);
  const definition = await load(place);
  const schema = await load(new URL(definition.schema, place));
  const rules = new Rules(definition, schema);
  const report = new Report(form);
  const counters = new Counters(form, definition);
  const ways = new Ways(definition);
  const judged = () => judge(form, definition, rules);
  let touched = new Set();

  function check(event) {
    event.preventDefault();
    const { entry, file, found } = judged();
    touched = new Set(report.names());
    const faults = found.filter((finding) => finding.severity === "error");
    report.show(found, touched);
    if (faults.length) ways.hide();
    else ways.show(file, entry);
    report.summary(found);
  }

  function changed(event) {
    ways.hide();
    counters.update();
    const name = event.target.closest("[data-control]")?.dataset.control;
    if (event.type === "change" && name) touched.add(name);
    if (touched.size) report.show(judged().found, touched);
  }

  form.addEventListener("submit", check);
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("change", (event) => switchInstead(form, event.target));
  form.addEventListener("click", (event) => {
    if (event.target.matches("[data-add]")) addItem(event.target.closest("[data-groups]"));
  });
  addEventListener("beforeunload", (event) => {
    if (touched.size && !ways.sent) event.preventDefault();
  });

  document.getElementById("_utan-skript").remove();
  form.hidden = false;
  counters.update();
}

export function startForm(judge) {
  start(judge).catch(() => {
    const words = "Formuläret gick inte att hämta. Ladda om sidan, eller gör så här:";
    document.querySelector("#_utan-skript p").textContent = words;
  });
}
