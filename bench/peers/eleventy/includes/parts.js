// What several layouts are made of: the page around them, cards, facts and addresses.
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const ON_CARDS = ["counties", "focus_areas", "status", "evidence_level"];
export const BASE = "https://example.org";

export const esc = (text) => String(text).replace(/[&<>"]/g, (sign) => ESCAPES[sign]);

export const day = (date) => (date instanceof Date ? date.toISOString().slice(0, 10) : String(date));

export const terms = (data, facet) => {
  const found = facet === "evidence_level" ? data.evidence?.level : data[facet];
  return found === undefined ? [] : [found].flat();
};

export const link = (address, text) => `<a href="${address}">${esc(text)}</a>`;

export const list = (items) => `<ul>\n${items.map((item) => `<li>${item}</li>`).join("\n")}\n</ul>`;

export const card = (record, site) => {
  const labels = site.facets
    .filter((facet) => ON_CARDS.includes(facet.id))
    .flatMap((facet) => terms(record.data, facet.id).map((term) => facet.terms[term]));
  const dated = ["nyheter", "aktiviteter"].includes(record.section) ? [day(record.data.date)] : [];
  const words = [...dated, ...labels].map((word) => `<span>${esc(word)}</span>`).join("");
  return `<h3>${link(record.url, record.data.title)}</h3>
<p>${esc(record.data.summary)}</p>
<p class="words">${words}</p>`;
};

export const cards = (records, site) =>
  `<ul class="records">\n${records.map((record) => `<li>\n${card(record, site)}\n</li>`).join("\n")}\n</ul>`;

const linkedData = (address, title, summary, reviewed) =>
  JSON.stringify({
    "@context": "https://schema.org",
    "@type": "WebPage",
    "@id": address,
    url: address,
    name: title,
    description: summary,
    inLanguage: "sv",
    lastReviewed: reviewed,
    isPartOf: { "@type": "WebSite", name: "Kunskapsbanken" },
  }).replaceAll("<", "\\u003c");

/** A whole page around its main part. */
export const page = ({ url, title, summary, reviewed, feed, site }, main) => {
  const address = `${BASE}${url}`;
  const described = summary ? `<meta name="description" content="${esc(summary)}">\n` : "";
  const shared = summary ? `<meta property="og:description" content="${esc(summary)}">\n` : "";
  const subscribed = feed ? `<link rel="alternate" type="application/atom+xml" href="${feed}">\n` : "";
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(title)} – Kunskapsbanken</title>
${described}<link rel="canonical" href="${address}">
<meta property="og:type" content="${summary ? "article" : "website"}">
<meta property="og:site_name" content="Kunskapsbanken">
<meta property="og:locale" content="sv_SE">
<meta property="og:title" content="${esc(title)}">
${shared}<meta property="og:url" content="${address}">
<script type="application/ld+json">${linkedData(address, title, summary, reviewed)}</script>
${subscribed}<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#innehall">Till innehållet</a>
<header>
<a class="name" href="/">Kunskapsbanken</a>
<nav aria-label="Innehåll">
${list(site.types.map((type) => link(`/${type.path}/`, type.plural)))}
</nav>
<nav aria-label="Ämnen">
${list(site.facets.map((facet) => link(`/${facet.path}/`, facet.plural)))}
</nav>
</header>
<main id="innehall">
${main}
</main>
<footer>
<p>Kunskapsbanken är gemensam för de myndigheter som deltog i det regionala utvecklingsprojektet om mångfald och antidiskriminering.</p>
<ul>
<li><a href="/">Start</a></li>
<li><a href="/feed.xml">Flöde med allt nytt</a></li>
<li><a href="/sitemap.xml">Alla sidor</a></li>
</ul>
</footer>
</body>
</html>
`;
};
