// The HTML that others put into their pages to show ours. It is the same as the ready codes of the page, which
// kunskapsbank/pages/embed_codes.py writes.

const SANDBOX = "allow-popups allow-top-navigation-by-user-activation";
const SANDBOX_THAT_FITS = `allow-scripts allow-same-origin ${SANDBOX}`;
const SANDBOX_FOR_TOOLS = `${SANDBOX_THAT_FITS} allow-downloads allow-modals`; // to take files along, and to be warned

const LATEST = "5"; // the lists without a script are whole, or so many
const LEVELS = ["2", "3"]; // the levels of headings that their HTML comes in

/** What a form asks for, in the words of this module: `place` is where a record is, `filters` are the chosen
 * values by the key of their choice. */
export function asked(form, site) {
  const data = new FormData(form);
  const what = data.get("visa");
  const isPage = what === "sida";
  const filters = isPage ? [] : site.choices.filter(({ key }) => data.get(key)).map(({ key }) => [key, data.get(key)]);
  return {
    type: isPage || what === "allt" ? null : what,
    place: isPage ? data.get("post") : null,
    filters: new Map(filters),
    limit: isPage ? "" : data.get("antal"),
    step: Number(data.get("steg")),
    level: data.get("niva"),
    height: /^[1-9]\d{1,4}$/.test(data.get("hojd").trim()) ? data.get("hojd").trim() : "600",
    heading: isPage ? "" : data.get("rubrik").trim(),
    here: !isPage && data.has("har"),
    colours: data.has("farger") ? [["link", data.get("lank")], ["heading", data.get("rubrikfarg")]] : [],
    locked: data.has("las"),
  };
}

/** Why a step can't show what is asked for; nothing where it can. */
export function hindrance(wanted, step) {
  if (step === 4) return "";
  if (!wanted.place && !wanted.type) return "Det här steget visar en sorts sidor i taget.";
  const others = [...wanted.filters.keys()].filter((key) => key !== "lan");
  if (others.length) return "Det här steget kan bara välja efter län.";
  if (wanted.limit && wanted.limit !== LATEST) return `Det här steget visar alla, eller de ${LATEST} senaste.`;
  if (step === 1 && !(wanted.place ? LEVELS.slice(0, 1) : LEVELS).includes(wanted.level)) {
    return wanted.place ? "Det här steget börjar på rubriknivå 2." : "Det här steget börjar på rubriknivå 2 eller 3.";
  }
  return "";
}

/** What is shown: its title, where it is under the folder of embeds, and the address of the site's own page. */
export function shown(wanted, site, titles) {
  if (wanted.place) return { title: titles.get(wanted.place) ?? "", place: wanted.place, page: `${site.home}${wanted.place}/` };
  const labels = [...wanted.filters].map(([key, value]) => valueOf(site, key, value)[1]);
  const type = wanted.type && valueOf(site, "typ", wanted.type);
  const county = wanted.filters.get("lan");
  const place = `${county ? `lan/${county}/` : ""}${wanted.type}${wanted.limit ? "-senaste" : ""}`;
  return {
    title: [type ? type[1] : "Allt", labels.join(", ")].filter(Boolean).join(" – "),
    place,
    page: pageOf(wanted, site, type),
  };
}

function pageOf(wanted, site, type) {
  const chosen = [...wanted.filters];
  if (chosen.length === 1) return site.home + valueOf(site, ...chosen[0])[2];
  if (!chosen.length) return site.home + (type ? type[2] : "");
  if (!site.search) return site.home;
  return `${site.search}?${new URLSearchParams([...(wanted.type ? [["typ", wanted.type]] : []), ...chosen])}`;
}

function valueOf(site, key, value) {
  return site.choices.find((choice) => choice.key === key).values.find(([other]) => other === value);
}

export const fragmentName = (wanted, what) => `${what.place}-h${wanted.place ? "2" : wanted.level}.html`;

/** The code for a step of two and up. `scripts` holds the addresses and digests of our scripts. */
export function codeFor(wanted, what, site, scripts, step) {
  const head = comment(step);
  if (step.number === 4) return head + elementOf(wanted, what, site) + scriptOf(scripts.element, wanted.locked);
  const beside = `<p>${linkTo(what, site)}</p>\n`;
  if (step.number === 2) return head + frame(wanted, what, site, SANDBOX) + beside;
  const fitted = isTool(wanted, site) ? [{ ...what, place: `${what.place}/anvand` }, SANDBOX_FOR_TOOLS] : [what, SANDBOX_THAT_FITS];
  return head + frame(wanted, fitted[0], site, fitted[1]) + beside + scriptOf(scripts, wanted.locked);
}

const isTool = ({ place }, { usable }) => usable.includes(place);

export const comment = ({ number, name, demands }) => `<!-- Steg ${number} av 4: ${name}. Kräver ${demands}. -->\n`;

function frame(wanted, { place, title }, site, sandbox) {
  const height = sandbox === SANDBOX ? wanted.height : "600";
  const source = `${site.home}embed/v1/${place}/`;
  return `<iframe src="${escaped(source)}" title="${escaped(`${title}, från ${site.name}`)}" width="100%" height="${height}" loading="lazy" sandbox="${sandbox}" style="border: 0"></iframe>\n`;
}

function elementOf(wanted, what, site) {
  const name = wanted.place ? "kunskapsbank-post" : "kunskapsbank-lista";
  const attributes = wanted.place ? [["record", wanted.place]] : listAttributes(wanted, site);
  if (wanted.level !== "2") attributes.push(["heading-level", wanted.level]);
  const written = attributes.map(([key, value]) => (value === "" ? key : `${key}="${escaped(value)}"`));
  return `<${[name, ...written].join(" ")}>${linkTo(what, site)}</${name}>\n`;
}

function listAttributes(wanted, site) {
  const chosen = [...wanted.filters].map(([key, value]) => [site.choices.find((choice) => choice.key === key).attribute, value]);
  return [
    ...(wanted.type ? [["type", wanted.type]] : []),
    ...chosen,
    ...(wanted.limit ? [["limit", wanted.limit], ["order", "latest"]] : []),
    ...(wanted.heading ? [["heading", wanted.heading]] : []),
    ...(wanted.here ? [["open-here", ""]] : []),
  ];
}

const linkTo = ({ page, title }, site) => `<a href="${escaped(page)}">${escaped(`${title} på ${site.name}`)}</a>`;

function scriptOf(said, isLocked) {
  if (!isLocked) return `<script src="${escaped(said.without_version)}" async></script>\n`;
  return `<script src="${escaped(said.address)}" integrity="${escaped(said.integrity)}" crossorigin="anonymous" async></script>\n`;
}

/** What goes into the style sheet of the page around: the colours of an element, or nothing. */
export function styleFor(wanted) {
  if (wanted.step !== 4 || !wanted.colours.length) return "";
  const name = wanted.place ? "kunskapsbank-post" : "kunskapsbank-lista";
  const lines = wanted.colours.map(([key, value]) => `  --kunskapsbank-${key}: ${value};\n`);
  return `${name} {\n${lines.join("")}}\n`;
}

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

export const escaped = (text) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]);
