// The map of the site: every page once.
import { BASE } from "../includes/parts.js";

export const data = { layout: null, eleventyExcludeFromCollections: true, permalink: "/sitemap.xml" };

export function render({ site, collections }) {
  const addresses = [
    "/",
    ...site.facets.map((facet) => `/${facet.path}/`),
    ...collections.lists.map((one) => one.address),
    ...collections.all.map((item) => item.url),
  ];
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${addresses.map((address) => `<url><loc>${BASE}${address}</loc></url>`).join("\n")}
</urlset>
`;
}
