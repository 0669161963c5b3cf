// The peer "Eleventy": the same records, facets, lists and feeds as our own site, the way Eleventy does them.
// Set for speed: templates are plain JavaScript, and no template language reads the Markdown first.
const PAGE_SIZE = 50;
const FEED_SIZE = 50;

const terms = (data, facet) => {
  const found = facet === "evidence_level" ? data.evidence?.level : data[facet];
  return found === undefined ? [] : [found].flat();
};

const newest = (records) =>
  [...records].sort((one, other) => other.data.reviewed - one.data.reviewed).slice(0, FEED_SIZE);

/** A list of records as its pages, each of which knows the addresses of the others. */
const pagesOf = (address, title, records) => {
  const count = Math.max(1, Math.ceil(records.length / PAGE_SIZE));
  const addresses = Array.from({ length: count }, (_, n) => (n ? `${address}sida-${n + 1}/` : address));
  return addresses.map((own, n) => ({
    address: own,
    addresses,
    feed: `${address}feed.xml`,
    records: records.slice(n * PAGE_SIZE, (n + 1) * PAGE_SIZE),
    title,
    total: records.length,
  }));
};

/** Every list of the site once: of all records, of each type and of each term. */
const listsOf = (records, site) => {
  const members = new Map();
  const add = (key, record) => (members.has(key) ? members.get(key).push(record) : members.set(key, [record]));
  for (const record of records) {
    add(record.section, record);
    for (const facet of site.facets) {
      for (const term of terms(record.data, facet.id)) add(`${facet.path}/${term}`, record);
    }
  }
  const of = (path, title) => ({ address: `/${path}/`, title, records: members.get(path) ?? [] });
  return [
    ...site.types.map((type) => of(type.path, type.plural)),
    ...site.facets.flatMap((facet) =>
      Object.entries(facet.terms).map(([term, label]) => of(`${facet.path}/${term}`, label)),
    ),
  ];
};

export default function (eleventyConfig) {
  let known;
  const records = (api) => {
    const found = api.getFilteredByGlob("content/*/*.md");
    return found.map((item) => ({ data: item.data, url: item.url, section: item.url.split("/")[1] }));
  };
  /** What all collections are made from, gathered in one pass. */
  const gathered = (api) => {
    if (!known) {
      const all = records(api);
      known = { all, lists: listsOf(all, all[0].data.site) };
    }
    return known;
  };

  eleventyConfig.on("eleventy.before", () => (known = undefined));
  eleventyConfig.addPassthroughCopy("content/style.css");
  eleventyConfig.addGlobalData("layout", "record.11ty.js");
  eleventyConfig.addCollection("lists", (api) =>
    gathered(api).lists.flatMap((list) => pagesOf(list.address, list.title, list.records)),
  );
  eleventyConfig.addCollection("feeds", (api) => {
    const { all, lists } = gathered(api);
    const everything = { address: "/", title: "Kunskapsbanken", records: all };
    return [everything, ...lists].map((list) => ({ ...list, records: newest(list.records) }));
  });
  eleventyConfig.addCollection("known", (api) => {
    const { all } = gathered(api);
    const byId = new Map(all.map((record) => [record.url.split("/")[2], record]));
    const examples = new Map();
    const neighbours = new Map();
    const last = new Map();
    for (const record of all) {
      for (const method of (record.section === "exempel" && record.data.methods) || []) {
        examples.set(method, [...(examples.get(method) ?? []), record]);
      }
    }
    for (const record of [...all].sort((one, other) => (one.data.date ?? 0) - (other.data.date ?? 0))) {
      const before = last.get(record.section);
      neighbours.set(record.url, { before });
      if (before) neighbours.get(before.url).after = record;
      last.set(record.section, record);
    }
    return { byId, examples, neighbours };
  });

  return {
    markdownTemplateEngine: false,
    htmlTemplateEngine: false,
    dir: { input: "content", includes: "../includes", data: "../data", output: "output" },
  };
}
