// The search page. What is searched for and chosen stands in the address, so that it can be linked; every
// change is a step in the history. Without this script the page is a list of links to the same choices.

import { addressOf, Choices } from "./choices.js";
import { Engine } from "./engine.js";
import { Hits } from "./hits.js";
import { Panel } from "./panel.js";

const ROOT = new URL("../../", import.meta.url);
const TITLE = document.title;
const LONGEST = 200;

const form = document.getElementById("_sok");
const field = document.getElementById("_sokord");
const engine = new Engine(ROOT, Number(form.dataset.parts ?? 1));
const hits = new Hits(document.getElementById("_traffar"), ROOT);

let choices; // a promise, once they are needed
let panel = null;
let turn = 0;

function queryIn(address) {
  return (address.get("q") ?? "").normalize("NFC").trim().slice(0, LONGEST);
}

function loadChoices() {
  choices ??= Choices.load(new URL("sok/val.json", ROOT));
  return choices;
}

/** Shows what the address asks for. A newer turn makes an older one fall silent. */
async function run() {
  const now = ++turn;
  const address = new URLSearchParams(location.search);
  const query = queryIn(address);
  const chooses = [...address.keys()].some((key) => key !== "q");
  const isAsked = query !== "" || chooses;
  field.value = query;
  document.title = query ? `${query} – ${TITLE}` : TITLE;
  hits.wait(isAsked);
  try {
    const found = query === "" ? null : await engine.find(query);
    if (now !== turn) return;
    if (found && !chooses) await hits.first(found); // the choices can wait, the reader should not
    const offered = await loadChoices();
    const chosen = offered.chosenIn(address);
    const shown = offered.among(found?.ids ?? offered.ids, chosen);
    if (now !== turn) return;
    panel ??= new Panel(document.getElementById("_urval"), offered, choose);
    panel.show(chosen, offered.counts(found?.ids ?? offered.ids, chosen));
    if (!isAsked) return hits.none(offered.ids.length);
    const ways = shown.length ? [] : await loosened(query, found, offered, chosen);
    if (now !== turn) return;
    await hits.show({ query, found, shown, chosen, offered, ways, engine });
  } catch (error) {
    if (now === turn) hits.fail(error);
  }
}

/** What to leave out to find something: each with how many hits there are then. */
async function loosened(query, found, offered, chosen) {
  const ids = found?.ids ?? offered.ids;
  const ways = chosen
    .map((value) => ({ value, without: chosen.filter((other) => other !== value) }))
    .map(({ value, without }) => ({
      text: `Ta bort valet ${value.choice.label.toLowerCase()}: ${value.label}`,
      address: addressOf(query, without),
      hits: offered.among(ids, without).length,
    }));
  if (found && chosen.length > 1) {
    ways.push({ text: "Ta bort alla val", address: addressOf(query, []), hits: ids.length });
  }
  for (const less of found ? await engine.shorter(query) : []) {
    ways.push({
      text: `Sök bara på ”${less.query}”`,
      address: addressOf(less.query, chosen),
      hits: offered.among(less.ids, chosen).length,
    });
  }
  if (found && chosen.length) {
    const text = "Sök inte på ord, bara efter valen";
    ways.push({ text, address: addressOf("", chosen), hits: offered.among(offered.ids, chosen).length });
  }
  return ways.filter((way) => way.hits > 0);
}

function choose(chosen) {
  const query = queryIn(new URLSearchParams(location.search));
  history.pushState(null, "", addressOf(query, chosen));
  run();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const query = queryIn(new URLSearchParams({ q: field.value }));
  let chosen = [];
  try {
    chosen = (await loadChoices()).chosenIn(new URLSearchParams(location.search));
  } catch {
    // without the choices the words alone are searched for
  }
  history.pushState(null, "", addressOf(query, chosen));
  run();
});
document.getElementById("_utan-skript").remove();
addEventListener("popstate", run);
run();
