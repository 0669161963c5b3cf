// <kunskapsbank-lista> and <kunskapsbank-post>: records inside a page of somebody else's, in its look.
// Reads its own attributes and, where records open in the page, the address after "#". Keeps nothing.
"use strict";

(() => {
  if (customElements.get("kunskapsbank-lista")) return; // the page has this script twice

  const FOLDER = new URL(".", document.currentScript.src);
  const ROOT = new URL("../../", FOLDER);
  const MOST = 200;
  const FIRST = 2; // the level of the first heading in what we fetch
  const LOWEST = 6;

  const PLACE = /^[a-z0-9-]+(?:\/[a-z0-9-]+)+$/;
  const LINK = /^(?:https?|mailto|tel):/;
  // Attributes that any element may have, or that tools put on elements; others are meant for us.
  const NOT_OURS =
    /^(?:id|class|style|lang|dir|title|hidden|slot|part|role|tabindex|translate|inert|nonce|is)$|^(?:data|aria|ng|v|x)-|^on|[^a-z-]/;
  const ELEMENTS = new Set(
    "section h2 h3 h4 h5 h6 p a ul ol li dl div dt dd time footer strong em code del br hr pre blockquote img table thead tbody tr th td".split(" "),
  );
  const ATTRIBUTES = new Set("lang href datetime src alt start role aria-label tabindex".split(" "));
  const PARTS = { h: "heading", a: "link", ul: "list", ol: "list", li: "item", p: "text", dl: "facts", table: "table", img: "image" };

  const LOOK = `
    :host { display: block; }
    :host([hidden]) { display: none; }
    section { color: var(--kunskapsbank-text, inherit); font-family: var(--kunskapsbank-font, inherit); overflow-wrap: anywhere; }
    h1, h2, h3, h4, h5, h6 { color: var(--kunskapsbank-heading, inherit); font-family: var(--kunskapsbank-heading-font, inherit); line-height: 1.25; margin: 1.2em 0 .4em; text-wrap: balance; }
    [part~="title"] { margin-top: 0; font-size: 1.4em; }
    li > [part~="heading"] { margin: 0 0 .25em; font-size: 1.1em; }
    p, ul, ol, dl, table, blockquote, pre { margin: 0 0 .8em; }
    p:empty { margin: 0; }
    li > p { margin: 0 0 .25em; }
    a { color: var(--kunskapsbank-link, LinkText); }
    a:visited { color: var(--kunskapsbank-visited, var(--kunskapsbank-link, VisitedText)); }
    ul, ol { padding-inline-start: 1.25em; }
    [part~="cards"] { list-style: none; padding: 0; display: grid; gap: 0 var(--kunskapsbank-gap, 2em); grid-template-columns: repeat(auto-fill, minmax(min(18em, 100%), 1fr)); }
    [part~="cards"] > li, dl > div, footer { border-top: 1px solid var(--kunskapsbank-line, color-mix(in srgb, currentColor 25%, transparent)); }
    [part~="cards"] > li, footer { padding-block: .75em; }
    dl > div { display: grid; gap: 0 1em; grid-template-columns: repeat(auto-fit, minmax(min(12em, 100%), 1fr)); padding-block: .35em; }
    dt { font-weight: bold; }
    dd { margin: 0; }
    [role="group"] { overflow-x: auto; }
    th, td { text-align: start; vertical-align: top; padding: .35em .75em .35em 0; }
    img { max-width: 100%; height: auto; }
    pre { overflow-x: auto; }
  `;

  // What is fetched

  const fetched = new Map();

  /** The text of a file of ours, asked for once; null where there is no such file. Rejects where it can't be had. */
  function fetchedText(name) {
    if (!fetched.has(name)) {
      const answer = fetch(new URL(name, FOLDER), { credentials: "omit" }).then((got) => {
        if (got.status === 404 || got.status === 410) return null;
        if (!got.ok) throw new Error(`${got.url}: ${got.status}`);
        return got.text();
      });
      answer.catch(() => fetched.delete(name)); // the next one may have better luck
      fetched.set(name, answer);
    }
    return fetched.get(name);
  }

  async function fetchedData(name) {
    const text = await fetchedText(name);
    if (text === null) throw new Error(`${name} is missing`);
    return JSON.parse(text);
  }

  // What is shown

  let policy;
  /** Pages may demand that HTML is made under a named policy. Ours is only ever copied from, never shown. */
  function parsed(html) {
    policy ??= window.trustedTypes?.createPolicy("kunskapsbank", { createHTML: (text) => text }) ?? { createHTML: (text) => text };
    return new DOMParser().parseFromString(policy.createHTML(html), "text/html").body;
  }

  function made(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  const linkTo = (href, text, part = "more") => made("a", { href, part: `link ${part}` }, text);

  /** A copy with nothing but what we know, its headings so many levels lower. Pictures are taken from where
   * this script is, `home` being where they say that they are. */
  function copied(node, lower, home) {
    if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
    const children = [...node.childNodes].flatMap((child) => copied(child, lower, home));
    if (!ELEMENTS.has(node.localName)) return children;
    const heading = /^h(\d)$/.exec(node.localName);
    const copy = made(heading ? `h${Math.min(Number(heading[1]) + lower, LOWEST)}` : node.localName, {}, ...children);
    const part = PARTS[heading ? "h" : node.localName];
    if (part) copy.setAttribute("part", part);
    for (const { name, value } of node.attributes) {
      if (ATTRIBUTES.has(name) && allowed(name, value, home)) copy.setAttribute(name, name === "src" ? moved(value, home) : value);
    }
    return [copy];
  }

  function allowed(name, value, home) {
    if (name === "src") return value.startsWith(home);
    return name !== "href" || LINK.test(value);
  }

  const moved = (address, home) => new URL(address.slice(home.length), ROOT).href;

  /** What both elements do: show something in a shadow of their own when there is something to show, and leave
   * the link that the page holds for us as it is until then. */
  class Shown extends HTMLElement {
    #turn = 0;
    #watch = new MutationObserver(() => this.#again());
    #moved = () => this.#again(true);

    connectedCallback() {
      this.#watch.observe(this, { attributes: true });
      addEventListener("hashchange", this.#moved);
      this.#again();
    }

    disconnectedCallback() {
      this.#watch.disconnect();
      removeEventListener("hashchange", this.#moved);
      this.#turn += 1;
    }

    get level() {
      const level = Number(this.getAttribute("heading-level") ?? FIRST);
      return Number.isInteger(level) && level >= 1 && level <= LOWEST ? level : FIRST;
    }

    async #again(wasMoved = false) {
      const turn = (this.#turn += 1);
      this.shadowRoot?.querySelector("section").setAttribute("aria-busy", "true");
      const shown = await this.shown(wasMoved).catch((error) => {
        console.warn("Kunskapsbanken:", error);
        return { message: "Innehållet kunde inte hämtas just nu." };
      });
      if (shown && turn === this.#turn) this.#show(shown);
    }

    /** `status` is read out when it changes. A `message` is shown with the link that the page holds for us, in
     * place of all else; `focus` finds what the reader goes on from. */
    #show({ title = [], status = "", content = [], message, more, focus }) {
      if (!this.shadowRoot) this.#begin();
      const section = this.shadowRoot.querySelector("section");
      const [top, said, rest] = section.children;
      top.replaceChildren(...title);
      said.textContent = message ?? status;
      rest.replaceChildren(...(message ? [made("p", { part: "text" }, this.#link(more))] : content));
      section.removeAttribute("aria-busy");
      if (focus) goTo(rest.querySelector(focus) ?? section.querySelector("[part~=title]"));
    }

    #begin() {
      const root = this.attachShadow({ mode: "open" });
      const said = made("p", { role: "status", part: "text status" });
      root.append(made("section", { lang: "sv", part: "section" }, made("div"), said, made("div")));
      if (!("adoptedStyleSheets" in root)) return;
      const look = new CSSStyleSheet();
      look.replaceSync(LOOK);
      root.adoptedStyleSheets = [look];
    }

    /** That of the page; one of our own where it has none. */
    #link(more = linkTo(ROOT.href, "Till Kunskapsbanken")) {
      return made("slot", {}, more);
    }
  }

  function goTo(element) {
    if (element && element.localName !== "a") element.tabIndex = -1;
    element?.focus();
  }

  /** A whole record as nodes; null where there is none. */
  async function record(place, level, home) {
    const html = await fetchedText(`${place}-h${FIRST}.html`);
    if (html === null) return null;
    const nodes = [...parsed(html).childNodes].flatMap((node) => copied(node, level - FIRST, home));
    const whole = nodes.find((node) => node.localName === "section");
    whole?.querySelector("[part=heading]")?.setAttribute("part", "heading title");
    return whole ? [...whole.childNodes] : nodes;
  }

  class KunskapsbankPost extends Shown {
    async shown() {
      const place = (this.getAttribute("record") ?? "").replace(/^\/|\/$/g, "");
      const { home } = await fetchedData("val.json");
      const content = PLACE.test(place) && (await record(place, this.level, home));
      return content ? { content } : { message: `Det finns ingen sida som heter ”${place}”.` };
    }
  }

  class KunskapsbankLista extends Shown {
    #was = null; // the place of the record that is open in the page

    async shown(wasMoved) {
      const site = await fetchedData("val.json");
      const opened = this.#opened();
      const closed = this.#was;
      this.#was = opened;
      if (opened) return this.#record(opened, closed !== opened, site);
      if (wasMoved && !closed) return null; // the page's own affair
      return { ...(await this.#list(site)), focus: closed && `a[href$="/${closed}"]` };
    }

    // Records that open in the page

    get #name() {
      if (this.id) return this.id;
      const number = [...document.querySelectorAll("kunskapsbank-lista[open-here]:not([id])")].indexOf(this);
      return number > 0 ? `kunskapsbank-${number + 1}` : "kunskapsbank";
    }

    /** The place of the record that the page's address asks this list to open. */
    #opened() {
      const start = `#${this.#name}/`;
      const place = location.hash.startsWith(start) && location.hash.slice(start.length);
      return this.hasAttribute("open-here") && PLACE.test(place) ? place : null;
    }

    #here(place) {
      const address = new URL(location.href);
      address.hash = place ? `${this.#name}/${place}` : this.#name;
      return address.href;
    }

    async #record(place, isNew, { home }) {
      const back = made("p", { part: "text" }, linkTo(this.#here(), "Tillbaka till listan", "back"));
      const content = await record(place, this.level, home);
      const nodes = content ?? [made("p", { part: "text message" }, `Det finns ingen sida som heter ”${place}”.`)];
      return { content: [back, ...nodes], focus: isNew && "[part~=title]" };
    }

    // The list

    async #list(site) {
      const chosen = this.#chosen(site);
      if (chosen.problem) return { message: chosen.problem, more: linkTo(site.home, `Till ${site.name}`) };
      const lists = await Promise.all(this.#files(site, chosen).map((name) => fetchedData(`${name}.json`)));
      const all = lists.flatMap((list) => list.items).filter(({ has }) => fits(has, chosen));
      if (this.getAttribute("order") === "latest") all.sort((a, b) => laterFirst(a.date, b.date));
      const items = all.slice(0, this.#limit);
      const cards = items.flatMap((item) => this.#card(item, site));
      const content = items.length
        ? [made("ul", { part: "list cards" }, ...cards)]
        : [made("p", { part: "text" }, "Här finns inget just nu.")];
      const { nouns, calendar } = kindOf(chosen, site);
      const isWhole = items.length === all.length;
      const words = isWhole ? `Samma lista på ${site.name}` : `Visa alla ${all.length} ${nouns[1]} på ${site.name}`;
      content.push(made("p", { part: "text" }, linkTo(this.#address(site, chosen), words)));
      if (calendar && lists[0].calendar) {
        content.push(made("p", { part: "text" }, linkTo(lists[0].calendar, "Prenumerera på kalendern", "calendar")));
      }
      const title = made(`h${this.level}`, { part: "heading title" }, this.getAttribute("heading") || named(chosen, site));
      return { title: [title], status: counted(items.length, all.length, nouns), content };
    }

    /** The choices that the attributes name, each with its values; `problem` where one is not known. */
    #chosen({ choices }) {
      const chosen = [];
      const known = new Map(choices.map((choice) => [choice.attribute, choice]));
      for (const { name, value } of this.attributes) {
        if (["limit", "heading", "heading-level", "order", "open-here"].includes(name) || NOT_OURS.test(name)) continue;
        const choice = known.get(name);
        if (!choice) return { problem: `Listan kan inte visas: den kan inte väljas efter ”${name}”.` };
        const keys = value.split(/[\s,]+/).filter(Boolean);
        const wrong = keys.find((key) => !choice.values.some(([other]) => other === key));
        if (wrong) return { problem: `Listan kan inte visas: det finns inget värde som heter ”${wrong}” att välja för ${choice.label.toLowerCase()}.` };
        if (keys.length) chosen.push({ ...choice, values: choice.values.filter(([key]) => keys.includes(key)) });
      }
      return chosen;
    }

    /** The fewest files that have all that is chosen. */
    #files({ choices }, chosen) {
      const county = chosen.find(({ attribute, values }) => attribute === "county" && values.length === 1);
      if (county) return [`${county.key}/${county.values[0][0]}`];
      const types = chosen.find(({ attribute }) => attribute === "type") ?? choices.find(({ attribute }) => attribute === "type");
      return types.values.map(([key]) => key);
    }

    get #limit() {
      const limit = Number(this.getAttribute("limit") || MOST);
      return Number.isInteger(limit) && limit > 0 ? Math.min(limit, MOST) : MOST;
    }

    #card({ html, address }, { home }) {
      const nodes = [...parsed(html).childNodes].flatMap((node) => copied(node, this.level - FIRST, home));
      if (this.hasAttribute("open-here")) {
        for (const node of nodes) node.querySelector?.("a")?.setAttribute("href", this.#here(address));
      }
      return nodes.filter((node) => node.localName === "li");
    }

    /** Where the site has the same: a page or, where more than one thing is chosen, a search. */
    #address({ home, search }, chosen) {
      const values = chosen.flatMap(({ key, values: some }) => some.map(([value, , address]) => ({ key, value, address })));
      if (values.length < 2 || !search) return home + (values[0]?.address ?? "");
      return `${search}?${new URLSearchParams(values.map(({ key, value }) => [key, value]))}`;
    }
  }

  const fits = (has, chosen) => chosen.every(({ attribute, values }) => values.some(([key]) => has.includes(`${attribute}=${key}`)));

  /** Dates are [year, month, day] with 0 for what is not known. */
  const laterFirst = (one, other) => other.map((part, at) => part - one[at]).find(Boolean) ?? 0;

  const typesOf = (chosen) => chosen.find(({ attribute }) => attribute === "type")?.values ?? [];

  /** The list's heading: "Exempel – Skåne, Rekrytering". */
  function named(chosen, site) {
    const types = typesOf(chosen).map(([, label]) => label);
    const others = chosen.filter(({ attribute }) => attribute !== "type").flatMap(({ values }) => values.map(([, label]) => label));
    return [types.join(", ") || site.name, others.join(", ")].filter(Boolean).join(" – ");
  }

  /** What is known of the one type that a list holds. */
  function kindOf(chosen, site) {
    const types = typesOf(chosen);
    return types.length === 1 ? site.types[types[0][0]] : { nouns: ["sida", "sidor"], calendar: false };
  }

  function counted(shown, total, [one, several]) {
    if (total === 0) return "";
    if (shown < total) return `Visar ${shown} av ${total} ${several}.`;
    return `${total} ${total === 1 ? one : several}.`;
  }

  customElements.define("kunskapsbank-lista", KunskapsbankLista);
  customElements.define("kunskapsbank-post", KunskapsbankPost);
})();
