// The start page: every facet with its terms.
import { esc, link, list, page } from "../includes/parts.js";

export const data = { layout: null, eleventyExcludeFromCollections: true, permalink: "/index.html" };

export function render({ site }) {
  const parts = site.facets.map((facet) => {
    const links = Object.entries(facet.terms).map(([term, label]) => link(`/${facet.path}/${term}/`, label));
    return `<h2>${esc(facet.plural)}</h2>\n${list(links)}`;
  });
  const main = `<h1>Kunskapsbanken</h1>\n${parts.join("\n")}`;
  return page({ url: "/", title: "Kunskapsbanken", feed: "/feed.xml", site }, main);
}
