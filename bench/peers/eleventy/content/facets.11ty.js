// The list of each facet's terms.
import { esc, link, list, page } from "../includes/parts.js";

export const data = {
  layout: null,
  eleventyExcludeFromCollections: true,
  pagination: { data: "site.facets", size: 1, alias: "facet" },
  permalink: ({ facet }) => `/${facet.path}/index.html`,
};

export function render({ facet, site, collections }) {
  const totals = new Map(collections.lists.map((one) => [one.address, one.total]));
  const links = Object.entries(facet.terms).map(([term, label]) => {
    const address = `/${facet.path}/${term}/`;
    return `${link(address, label)} (${totals.get(address)})`;
  });
  const main = `<h1>${esc(facet.plural)}</h1>\n${list(links)}`;
  return page({ url: `/${facet.path}/`, title: facet.plural, site }, main);
}
