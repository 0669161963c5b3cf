// The page of one record.
import { BASE, cards, day, esc, link, list, page, terms } from "./parts.js";

const facts = (data) => {
  const found = [];
  const add = (label, ...values) => found.push(`<dt>${esc(label)}</dt>`, ...values.map((v) => `<dd>${v}</dd>`));
  const { site, collections } = data;
  if (data.dated) add("Datum", day(data.date));
  if (data.period) add("Period", `${esc(day(data.period.from))} till ${esc(day(data.period.to))}`);
  for (const facet of site.facets) {
    const own = terms(data, facet.id);
    if (own.length) add(facet.plural, ...own.map((term) => link(`/${facet.path}/${term}/`, facet.terms[term])));
  }
  if (data.methods) {
    const named = data.methods.map((id) => collections.known.byId.get(id));
    add("Metod", ...named.map((method) => link(method.url, method.data.title)));
  }
  if (data.target_group) add("Målgrupp", esc(data.target_group));
  if (data.participants) add("Antal deltagare", esc(data.participants));
  if (data.evaluated) add("Utvärderad", esc(site.answers[data.evaluated]));
  return found.join("\n");
};

const about = ({ sources, evidence, reviewed, review_every: months, contact, site }) => {
  const lines = ["<dt>Källa</dt>"];
  for (const { document, section } of sources) {
    lines.push(`<dd>${esc(site.documents[document])}, avsnitt ${esc(section)}</dd>`);
  }
  if (evidence) {
    const by = esc(site.functions[evidence.assessed_by]);
    lines.push("<dt>Underlaget bedömt av</dt>", `<dd>${by}, ${day(evidence.assessed_on)}</dd>`);
  }
  lines.push("<dt>Granskad</dt>", `<dd>${day(reviewed)}, granskas var ${months}:e månad</dd>`);
  lines.push("<dt>Kontakt</dt>", `<dd>${esc(site.functions[contact])}</dd>`);
  return lines.join("\n");
};

const part = (heading, content) => (content ? `<h2>${heading}</h2>\n${content}` : "");

export default function (data) {
  const { page: own, site, collections } = data;
  const { byId, examples, neighbours } = collections.known;
  const [, section, id] = own.url.split("/");
  const type = site.types.find((one) => one.path === section);
  const dated = ["nyheter", "aktiviteter"].includes(section);
  const using = examples.get(id);
  const { before, after } = neighbours.get(own.url);
  const main = `<nav aria-label="Sökväg"><ol><li>${link("/", "Kunskapsbanken")}</li><li>${link(`/${section}/`, type.plural)}</li></ol></nav>
<article>
<h1>${esc(data.title)}</h1>
<p class="summary">${esc(data.summary)}</p>
<dl class="facts">
${facts({ ...data, dated })}
</dl>
${data.content}
${part("Källan anger inte", data.not_documented && list(data.not_documented.map((key) => esc(site.fields[key]))))}
${part("Exempel där metoden används", using && cards(using, site))}
${part("Se även", data.related && cards(data.related.map((other) => byId.get(other)), site))}
<h2>Om sidan</h2>
<dl>
${about(data)}
</dl>
<p>Sidans adress: ${BASE}${own.url}</p>
</article>
${dated ? `<nav>${before ? link(before.url, before.data.title) : ""} ${after ? link(after.url, after.data.title) : ""}</nav>` : ""}`;
  const { title, summary, reviewed } = data;
  return page({ url: own.url, title, summary, reviewed: day(reviewed), site }, main);
}
