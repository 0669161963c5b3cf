// The rules on a text in Markdown, as far as they can be seen without reading it whole as the checks do.

import { isTelephone, mailFault, webFault } from "./addresses.js";
import { hasLetterOrDigit } from "./signs.js";
import { slug } from "./slug.js";

const FENCE = /^ {0,3}(?:`{3,}|~{3,})/;
const CODE = /(`+)[^`](?:.*?[^`])?\1(?!`)/g;
const TAG = /<(?:\/?[a-zA-Z](?![a-zA-Z0-9+.-]*:|[^<>\s]*@)[^<>\n]*>|!--|[!?][^>]*>)/g;
const AUTOLINK = /<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^<>\s]*|[^<>\s@]+@[^<>\s]+)>/g;
const LINK = /(!?)\[((?:[^[\]\\]|\\.)*)\]\(\s*(<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)[^()\n]*\)/g;
const BARE_URL = /(?:https?:\/\/|www\.)[^\s<>()"”]*[^\s<>()"”.,;:!?]/g;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*$/;
const NESTED = /^\s*(?:(?:[-*+>]|\d+[.)])\s+)+#{1,6}(?:\s|$)/;
const BLOCK = /^\s*(?:[-*+]\s|[>|]|\d+[.)]\s)/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const EMPTY = /^## +(.*)\n*(?=\n## |\n(?![-*+>|])[^\n]+\n-+ *(?:\n|(?![\s\S]))|(?![\s\S]))/gm;
const DATED = /^(?:odaterad|\d{4}(?:-(?:var|sommar|host|vinter|\d{2}(?:-\d{2})?))?)-[a-z0-9]/;
const SECTION = 2;
const SCHEMES = ["https", "mailto", "tel"];

const ABOVE = { rule: "Rubriken på den nivån skrivs av formuläret.", mend: "Ta bort nummertecknen, eller skriv tre: ###." };
const UNDERLINED = { rule: "En rad med bara streck under en text blir en rubrik.", mend: "Ta bort raden med streck, eller sätt en tom rad före den." };
const INSIDE = { rule: "Rubriker får inte stå i listor eller citat.", mend: "Gör rubriken till fet text, **så här**, eller flytta ut den." };
const SKIPPED = { rule: "En nivå har hoppats över.", mend: "Ta bort ett nummertecken (#) i taget, tills rubriken ligger en nivå under den närmast ovanför." };

/** Findings as a code and its values. `above` is the level of the heading that the text stands under. */
export function* inProse(text, above, definition) {
  const lines = outsideCode(text);
  yield* headings(lines, above);
  yield* links(lines.join("\n"), definition);
  if (above < SECTION) for (const [, heading] of text.matchAll(EMPTY)) yield ["empty-section", { heading }];
}

/** The lines of a text with all code made blank. */
function outsideCode(text) {
  let fenced = false;
  return text.split("\n").map((line) => {
    const mark = FENCE.test(line);
    if (mark) fenced = !fenced;
    return mark || fenced ? "" : line.replace(CODE, "").replace(/\\[<[\]]/g, "");
  });
}

function* headings(lines, start) {
  const seen = new Set();
  let above = start;
  for (const { heading, level, nested, underlined } of headingsIn(lines)) {
    const fault = nested ? INSIDE : level <= start ? (underlined ? UNDERLINED : ABOVE) : level > above + 1 ? SKIPPED : null;
    if (fault) yield ["heading-out-of-place", { heading, level, ...fault }];
    if (nested) continue;
    if (level === SECTION && start < SECTION) {
      if (seen.has(slug(heading))) yield ["repeated-section", { heading }];
      seen.add(slug(heading));
    }
    above = Math.max(level, start);
  }
}

function* headingsIn(lines) {
  let before = ""; // the text that a line of dashes would make a heading of
  let inBlock = false; // in a list, a quotation or a table, which go on until an empty line
  for (const line of lines) {
    inBlock = BLOCK.test(line) || (inBlock && line.trim() !== "");
    const marked = HEADING.exec(line);
    const underlined = !marked && UNDERLINE.test(line) && before.trim() !== "";
    if (NESTED.test(line)) yield { heading: line.trim(), level: "", nested: true };
    else if (marked) yield { heading: marked[2] ?? "", level: marked[1].length };
    else if (underlined) yield { heading: before.trim(), level: line.includes("=") ? 1 : SECTION, underlined };
    before = marked || underlined || inBlock ? "" : line;
  }
}

function* links(text, definition) {
  for (const [tag] of text.matchAll(TAG)) yield ["raw-html", { tag }];
  for (const [, target] of text.matchAll(AUTOLINK)) {
    yield* link(target, target.includes(":") ? target : `mailto:${target}`, definition);
  }
  for (const [, picture, words, target] of text.matchAll(LINK)) {
    const address = target.replace(/^<|>$/g, "");
    if (!picture) yield* link(words, address, definition);
    else yield* pictureOf(words, address, definition);
  }
  const rest = text.replace(LINK, " ").replace(AUTOLINK, " ");
  for (const [address] of rest.matchAll(BARE_URL)) {
    yield ["bare-url", { target: address.includes("://") ? address : `https://${address}` }];
  }
}

function* pictureOf(words, target, { pictures }) {
  if (!words) yield ["image-without-text", { target }];
  else if (!hasLetterOrDigit(words)) yield ["text-without-letters", { what: "Bildens text", text: words }];
  if (schemeOf(target) || !target.startsWith("../docs/")) yield ["refused-picture", { target }];
  else if (!pictures.some((kind) => target.toLowerCase().endsWith(kind))) yield ["not-a-picture", { target, kinds: pictures.join(", ") }];
}

function* link(text, target, definition) {
  const words = text.replace(/[*_`]/g, "").replace(/^[ .:…>→»]+|[ .:…>→»]+$/g, "").toLowerCase();
  if (definition.vague.includes(words) || /^(?:https?:|www\.)/.test(words)) yield ["vague-link-text", { text, target }];
  else if (!hasLetterOrDigit(words)) yield ["text-without-letters", { what: "Länktexten", text }];
  const scheme = schemeOf(target);
  if (scheme === "http") yield ["refused-link", { target, nearest: `https${target.slice(4)}` }];
  else if (scheme && (!SCHEMES.includes(scheme) || (scheme === "https" && !/^https:\/\//i.test(target)))) yield ["refused-link", { target }];
  else if (!scheme && !isFile(target, definition)) yield ["link-to-nowhere", { target }];
  else if (scheme) yield* addressOf(scheme, target, definition);
}

function* addressOf(scheme, target, { faults, nearby }) {
  if (scheme === "tel" && !isTelephone(target)) yield ["refused-phone-link", { target }];
  const fault = { https: webFault, mailto: mailFault }[scheme]?.(target, nearby);
  if (fault) yield [scheme === "https" ? "unclear-address" : "refused-mail-link", { target, fault: faults[fault] }];
}

function schemeOf(target) {
  if (/^[/\\]{2}/.test(target)) return "//";
  return /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(target)?.[1].toLowerCase() ?? "";
}

/** Whether a relative link has the form of one to a record; whether the record is there, `check` sees. */
function isFile(target, definition) {
  if (target.startsWith("#")) return true;
  const parts = /^(?:\.\.\/([a-z]+)\/)?([a-z0-9-]+)(\.[a-z.]+)(?:#.*)?$/.exec(target);
  const file = parts && definition.files[parts[1] ?? definition.folder];
  return Boolean(file) && file.suffix === parts[3] && (!file.dated || DATED.test(parts[2]));
}
