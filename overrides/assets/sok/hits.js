// The list of hits, what is said of it, and what is said where there are none.

import { addressOf } from "./choices.js";
import { element } from "../element.js";

const PAGE = 10;

export class Hits {
  constructor(place, root) {
    this.place = place;
    this.root = root;
    this.status = place.querySelector("[role=status]");
    this.answer = place.querySelector("div");
    this.turn = 0;
  }

  /** A new search begins; whatever an older one still waits for is not shown. */
  wait(isAsked) {
    this.turn++;
    this.place.hidden = false;
    this.place.ariaBusy = "true";
    clearTimeout(this.waiting);
    if (isAsked) this.waiting = setTimeout(() => this.say("Söker …"), 400);
  }

  say(text) {
    clearTimeout(this.waiting);
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /** The whole answer is there. */
  done(text, ...parts) {
    this.say(text);
    this.answer.replaceChildren(...parts);
    this.place.ariaBusy = "false";
  }

  none(records) {
    this.done(`Här finns ${records} sidor. Skriv ett ord, eller välj i listan.`);
  }

  /** The first hits of a search for words alone, before the choices are there. */
  async first(found) {
    if (found.ids.length === 0) return;
    const { turn } = this;
    const top = this.hit(await found.shows(found.ids[0]));
    if (turn !== this.turn) return;
    this.say(counted(found.ids.length));
    this.answer.replaceChildren(element("ol", { className: "cards" }, top));
    performance.mark("first-hit");
  }

  async show({ query, found, shown, chosen, offered, ways, engine }) {
    const { turn } = this;
    const list = element("ol", { className: "cards" });
    const shows = found?.shows ?? (await everything(engine));
    await this.more(list, shown.slice(0, PAGE), shows);
    if (turn !== this.turn) return;
    const parts = [this.chosenList(query, chosen), ...this.notes(found, chosen, offered)];
    if (shown.length) parts.push(list);
    else parts.push(...nothing(ways));
    if (shown.length > PAGE) parts.push(this.moreButton(list, shown, shows));
    this.done(shown.length ? counted(shown.length) : "Inga träffar.", ...parts);
  }

  fail(error) {
    console.info("Sökningen gick inte att ladda:", error.message);
    const again = element("a", { href: location.href }, "Försök igen");
    const ways = element("p", {}, again, ", eller välj i listorna på sidan.");
    this.done("Sökningen gick inte att ladda.", ways);
  }

  notes(found, chosen, offered) {
    const unknown = offered.unknownIn(new URLSearchParams(location.search));
    const notes = unknown.map((name) => `Inga sidor har valet ”${name}”, så det räknas inte.`);
    if (found?.isFolded) notes.push("Ordet finns inte som du skrev det. Här är träffar utan hänsyn till å, ä och ö.");
    if (found?.isApart) notes.push("Ingen sida har orden precis så. Här är träffar där de står var för sig.");
    const said = notes.map((text) => element("p", { className: "note" }, text));
    if (found?.suggested) {
      const link = element("a", { href: addressOf(found.suggested, chosen) }, found.suggested);
      said.push(element("p", { className: "note" }, "Menade du ", link, "?"));
    }
    return said;
  }

  /** Everything that narrows the list, each with a way to take it away. */
  chosenList(query, chosen) {
    if (!chosen.length) return "";
    const items = chosen.map((value) => {
      const words = `${value.choice.label}: ${value.label}`;
      const link = element("a", { href: addressOf(query, chosen.filter((other) => other !== value)) }, words);
      link.setAttribute("aria-label", `Ta bort valet ${words}`);
      return element("li", {}, link);
    });
    const clear = element("a", { href: addressOf(query, []) }, "Rensa alla val");
    return element("ul", { className: "chosen" }, ...items, element("li", {}, clear));
  }

  async more(list, ids, shows) {
    const items = await Promise.all(ids.map(async (id) => this.hit(await shows(id))));
    list.append(...items);
    return items;
  }

  moreButton(list, shown, shows) {
    const button = element("button", { type: "button", className: "more-hits" }, "Visa fler träffar");
    button.addEventListener("click", async () => {
      const start = list.children.length;
      const [next] = await this.more(list, shown.slice(start, start + PAGE), shows);
      next.querySelector("a").focus();
      if (list.children.length >= shown.length) button.remove();
    });
    return button;
  }

  hit(data) {
    const address = new URL(data.raw_url.replace(/^\//, ""), this.root);
    const words = [data.meta.kind, ...(data.meta.words ?? "").split("\x1f").filter(Boolean)];
    const spans = words.map((word, number) => element("span", number ? {} : { className: "tag" }, word));
    return element(
      "li",
      { className: "card" },
      element("h3", {}, element("a", { href: address.href }, data.meta.title)),
      element("p", { className: "excerpt" }, ...marked(data.excerpt), " …"),
      element("p", { className: "words" }, ...spans),
    );
  }
}

async function everything(engine) {
  const all = await engine.all();
  return (id) => all.get(id).data();
}

/** An excerpt as text and marks. The engine gives HTML; only its marks are taken for markup. */
function marked(excerpt) {
  return excerpt.split(/(<mark>.*?<\/mark>)/).map((part) => {
    const inside = part.match(/^<mark>(.*)<\/mark>$/);
    return inside ? element("mark", {}, plain(inside[1])) : plain(part);
  });
}

const SIGNS = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#x27;": "'", "&amp;": "&" };

function plain(html) {
  return html.replace(/&(?:lt|gt|quot|#39|#x27|amp);/g, (sign) => SIGNS[sign]);
}

function nothing(ways) {
  if (!ways.length) {
    return [element("p", {}, "Pröva ett annat ord, ett kortare ord eller ett ord som betyder samma sak.")];
  }
  const items = ways.map((way) => {
    const link = element("a", { href: way.address }, way.text);
    return element("li", {}, link, " ", element("span", { className: "fine" }, `(${counted(way.hits).replace(".", "")})`));
  });
  return [element("p", {}, "Det här ger träffar:"), element("ul", {}, ...items)];
}

function counted(number) {
  return number === 1 ? "1 träff." : `${number} träffar.`;
}
