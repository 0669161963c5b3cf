// The feeds: of everything, and of each type and each term.
import { BASE, day, esc } from "../includes/parts.js";

export const data = {
  layout: null,
  eleventyExcludeFromCollections: true,
  pagination: { data: "collections.feeds", size: 1, alias: "one" },
  permalink: ({ one }) => `${one.address}feed.xml`,
};

const entry = ({ url, data: { title, summary, reviewed } }) => `<entry>
<title>${esc(title)}</title>
<id>${BASE}${url}</id>
<link href="${BASE}${url}"/>
<updated>${day(reviewed)}T00:00:00Z</updated>
<summary>${esc(summary)}</summary>
</entry>`;

export function render({ one }) {
  const address = `${BASE}${one.address}`;
  const updated = one.records.length ? day(one.records[0].data.reviewed) : "1970-01-01";
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv">
<title>${esc(one.title)} – Kunskapsbanken</title>
<id>${address}</id>
<link href="${address}"/>
<link rel="self" href="${address}feed.xml"/>
<updated>${updated}T00:00:00Z</updated>
<author><name>Kunskapsbanken</name></author>
${one.records.map(entry).join("\n")}
</feed>
`;
}
