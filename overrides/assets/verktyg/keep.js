// Ways to keep what has been filled in. Nothing is kept before the reader asks for it.

import { element } from "../element.js";
import { calendar, download, table } from "./files.js";
import { Refused, isEmpty, opened, written } from "./state.js";

export class Keep {
  /** `work` reads and fills the form. */
  constructor(place, tool, work) {
    Object.assign(this, { tool, work, changed: false });
    this.key = `kunskapsbanken-verktyg:${tool.id}`;
    this.message = element("p", { id: "_besked" });
    this.message.setAttribute("role", "status");
    this.comparison = element("div", { className: "comparison" });
    this.kept = element("div", {});
    place.append(
      element("h3", { textContent: "Spara och dela" }),
      this.message,
      element(
        "ul",
        { className: "ways" },
        this.#item("Skriv ut eller spara som PDF", "", () => print()),
        this.#item("Spara till en fil", "Öppna den här igen när ni vill fortsätta, eller skicka den till en kollega.", () => this.#save()),
        this.#file("_oppna", "Öppna en sparad fil", "Den tar det här innehållets plats.", (text) => this.#open(text)),
        this.#file("_jamfor", "Jämför med en sparad fil", "Visar då och nu i en bild.", (text) => this.#compare(text)),
        this.#item("Åtgärderna som tabell (CSV)", "Öppnas i ett kalkylprogram.", () => this.#table()),
        this.#item("Dagarna som kalender (ICS)", "Öppnas i ett kalenderprogram.", () => this.#calendar()),
        element("li", {}, this.kept),
        this.#item("Börja om", "Tömmer allt på sidan. Det som ni har sparat finns kvar.", () => this.#empty()),
      ),
      this.comparison,
    );
    this.#storage();
    addEventListener("beforeunload", (event) => this.changed && event.preventDefault());
  }

  #item(textContent, hint, act) {
    const button = element("button", { type: "button", className: "quiet", textContent });
    button.addEventListener("click", act);
    return element("li", {}, button, element("span", { className: "hint", textContent: hint }));
  }

  /** The browser's own field for files speaks the browser's language, so a button of ours opens it. */
  #file(id, words, hint, act) {
    const input = element("input", { type: "file", accept: ".json,application/json", hidden: true, id });
    input.addEventListener("change", () => {
      const [file] = input.files;
      if (file) this.#try(async () => act(await textOf(file))).finally(() => (input.value = ""));
    });
    const item = this.#item(words, hint, () => input.click());
    item.append(input);
    return item;
  }

  /** What a file can't do is told; what is on the page stays as it is. */
  async #try(act) {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#say(`${error.message} Det ni har fyllt i är orört.`);
    }
  }

  #say(words) {
    this.message.textContent = words;
  }

  #name(end) {
    return `${this.tool.id}-${today()}.${end}`;
  }

  #save() {
    download(this.#name("json"), "application/json", written(this.work.read(), this.tool, new Date()));
    this.changed = false;
    this.#say("Filen är sparad.");
  }

  #open(text) {
    const { state, saved } = opened(text, this.tool);
    const left = this.work.fill(state);
    this.changed = false;
    const lost = left ? ` ${left} svar hör till frågor som inte längre finns, och är utelämnade.` : "";
    this.#say(`Öppnad${saved ? `, sparad ${saved.toLocaleDateString("sv-SE")}` : ""}.${lost}`);
  }

  #compare(text) {
    const { state, saved } = opened(text, this.tool);
    const when = saved ? saved.toLocaleDateString("sv-SE") : "okänd dag";
    const heading = element("h4", { textContent: `Då (${when}) och nu`, tabIndex: -1 });
    this.comparison.replaceChildren(heading, ...this.tool.kind.compared(state, this.work.read()));
    heading.focus();
  }

  #table() {
    const { actions } = this.work.read();
    if (!actions.length) return this.#say("Det finns inga åtgärder än.");
    const rows = actions.map(({ action, responsible, date, followUp }) => [action, responsible, date, followUp]);
    download(this.#name("csv"), "text/csv", table([["Åtgärd", "Ansvarig funktion", "Klart", "Följs upp"], ...rows]));
    return this.#say("Tabellen är sparad.");
  }

  #calendar() {
    const days = this.work.read().actions.flatMap(({ action, date, followUp }, number) => [
      ...(date ? [{ id: `klart-${number}-${date}`, day: date, title: `Klart: ${action}` }] : []),
      ...(followUp ? [{ id: `folj-upp-${number}-${followUp}`, day: followUp, title: `Följ upp: ${action}` }] : []),
    ]);
    if (!days.length) return this.#say("Ingen åtgärd har någon dag än.");
    download(this.#name("ics"), "text/calendar", calendar(days, new Date()));
    return this.#say("Kalendern är sparad.");
  }

  #empty() {
    if (this.changed && !confirm("Vill ni tömma allt på sidan? Det går inte att ångra.")) return;
    this.work.fill({ answers: {}, wanted: {}, notes: {}, actions: [], goals: [] });
    this.changed = false;
    this.#say("Allt är tömt.");
  }

  // In the browser

  #stored() {
    try {
      return localStorage.getItem(this.key);
    } catch {
      return null; // the browser keeps nothing for anybody
    }
  }

  #storage() {
    const stored = this.#stored();
    const save = this.#item("Spara i den här webbläsaren", "Finns kvar tills ni tar bort det. Den som använder samma dator kan läsa det.", () => this.#keepHere());
    const rest = stored
      ? [this.#item("Öppna det som är sparat i webbläsaren", "", () => this.#try(() => this.#open(this.#stored() ?? ""))), this.#item("Ta bort det som är sparat i webbläsaren", "", () => this.#forget())]
      : [];
    this.kept.replaceChildren(element("ul", { className: "ways" }, save, ...rest));
    if (stored && isEmpty(this.work.read())) this.#say("Det finns svar som är sparade i den här webbläsaren. Öppna dem under Spara och dela.");
  }

  #keepHere() {
    try {
      localStorage.setItem(this.key, written(this.work.read(), this.tool, new Date()));
    } catch {
      return this.#say("Webbläsaren tillåter inte att något sparas. Spara till en fil i stället.");
    }
    this.changed = false;
    this.#storage();
    return this.#say("Sparat i den här webbläsaren.");
  }

  #forget() {
    localStorage.removeItem(this.key);
    this.#storage();
    this.#say("Det som var sparat i webbläsaren är borttaget.");
  }
}

const LARGEST = 4_000_000; // octets; more is not even read

async function textOf(file) {
  if (file.size > LARGEST) throw new Refused("Filen är för stor för att vara sparad här.");
  return file.text();
}

function today() {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}
