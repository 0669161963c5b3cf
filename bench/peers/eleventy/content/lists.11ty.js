// The lists of each type and each term, fifty records a page.
import { cards, esc, link, list, page } from "../includes/parts.js";

export const data = {
  layout: null,
  eleventyExcludeFromCollections: true,
  pagination: { data: "collections.lists", size: 1, alias: "one" },
  permalink: ({ one }) => `${one.address}index.html`,
};

export function render({ one, site }) {
  const pages = one.addresses.map((address, n) =>
    address === one.address ? `<a href="${address}" aria-current="page">${n + 1}</a>` : link(address, n + 1),
  );
  const pager = pages.length > 1 ? `\n<nav aria-label="Sidor">\n${list(pages)}\n</nav>` : "";
  const main = `<h1>${esc(one.title)}</h1>
<p>${one.total} träffar</p>
${cards(one.records, site)}${pager}`;
  return page({ url: one.address, title: one.title, feed: one.feed, site }, main);
}
