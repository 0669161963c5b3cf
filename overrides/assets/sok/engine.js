// Asks Pagefind, word by word, so that a word is found as it is spelt (in all its forms) before anything
// looser is tried: as the beginning of a word, then without regard to å, ä and ö.

import { nearest } from "./suggest.js";

const PASSED_OVER = new Set(
  "och i att det som en ett av för på med till är den de om vi hur vad eller utan från vid kan har".split(" "),
);

const LOOKED_THROUGH = 50;

export class Engine {
  /** `parts` is how many indexes the site has. */
  constructor(root, parts) {
    this.root = root;
    this.parts = parts;
    this.begun = new Map();
    this.known = new Map();
    this.lost = null;
    this.watch();
  }

  /** The engine tells nobody when a piece of its index can't be had, and finds nothing instead. So what it
   * fetches is watched, and what it leaves unhandled belongs to it. */
  watch() {
    const fetched = window.fetch.bind(window);
    window.fetch = async (...asked) => {
      const answer = await fetched(...asked).catch((error) => ({ ok: false, error }));
      if (!answer.ok) this.lost = answer.error ?? new Error(`${answer.url}: ${answer.status}`);
      if (answer.error) throw answer.error;
      return answer;
    };
    addEventListener("unhandledrejection", (event) => this.lost && event.preventDefault());
  }

  /** `ids` of the records that have all words of a query, the best first; whether something looser than what
   * was written had to do; and, for words that are not there, what they may have been meant to be. */
  async find(query) {
    const words = wordsOf(query);
    const parts = await this.each(words);
    const rank = await this.ask(words.join(" "), !parts.some((part) => part.isFolded));
    const [fewest] = [...parts].sort((a, b) => a.hits.size - b.hits.size);
    const ids = [...(fewest?.hits.keys() ?? [])].filter((id) => parts.every((part) => part.hits.has(id)));
    const score = (id) => rank.get(id)?.score ?? 0;
    const missing = parts.filter((part) => part.hits.size === 0).map((part) => part.word);
    return {
      ids: ids.sort((a, b) => score(b) - score(a)),
      isFolded: parts.some((part) => part.isFolded),
      isApart: parts.some((part) => part.isApart),
      suggested: missing.length ? await this.suggestion(query, missing) : null,
      shows: (id) => (rank.get(id) ?? fewest.hits.get(id)).data(),
    };
  }

  /** A query without each of its words that leaves something to find. */
  async shorter(query) {
    const words = wordsOf(query);
    if (words.length < 2) return [];
    const found = [];
    for (const left of new Set(words.map((word) => words.filter((other) => other !== word).join(" ")))) {
      const { ids } = await this.find(left);
      if (ids.length) found.push({ query: left, ids });
    }
    return found;
  }

  async each(words) {
    const parts = [];
    for (const word of words) {
      if (!this.known.has(word)) this.known.set(word, await this.word(word));
      parts.push(this.known.get(word));
    }
    return parts;
  }

  /** What has a word or, of several in quotation marks, what has them in a row. */
  async word(word) {
    const exact = await this.ask(`"${word}"`, true);
    if (word.includes(" ")) return this.apart(word, exact);
    if (exact.size) return { word, hits: exact };
    const listed = await this.words();
    if (listed.some((other) => other.startsWith(word.toLowerCase()))) {
      return { word, hits: await this.ask(word, true) };
    }
    const hits = await this.ask(`"${word}"`, false);
    return { word, hits, isFolded: hits.size > 0 };
  }

  /** What has a phrase. The engine misses some that end in a word of which the page has several forms, so the
   * texts are looked through. Else what has the words anywhere. */
  async apart(phrase, exact) {
    const parts = await this.each(phrase.split(" "));
    const [first, ...rest] = parts.map((part) => part.hits);
    const hits = [...first].filter(([id]) => rest.every((other) => other.has(id)));
    const texts = await Promise.all(hits.slice(0, LOOKED_THROUGH).map(([, hit]) => hit.data()));
    const inRow = hits.filter((_, number) => texts[number]?.content.toLowerCase().includes(phrase.toLowerCase()));
    if (exact.size + inRow.length) return { word: phrase, hits: new Map([...exact, ...inRow]) };
    return { word: phrase, hits: new Map(hits), isApart: hits.length > 0 };
  }

  async suggestion(query, missing) {
    const listed = await this.words();
    const meant = missing.map((word) => nearest(word.toLowerCase(), listed));
    if (meant.some((word) => word === null)) return null;
    return missing.reduce((text, word, number) => text.replace(word, meant[number]), query);
  }

  words() {
    this.listed ??= fetch(new URL("sok/ord.json", this.root)).then((answer) => (answer.ok ? answer.json() : []));
    return this.listed;
  }

  /** The hits of one search by the engine, by id. */
  async ask(text, isExact) {
    const pagefind = await this.started(isExact);
    const { results } = await pagefind.search(text);
    if (this.lost) throw this.lost;
    return new Map(results.map((result) => [result.id, result]));
  }

  /** Every record, for a list without words. */
  all() {
    return this.ask(null, true);
  }

  /** The engine's options hold for all that it is asked, so there is one for each way of asking. */
  started(isExact) {
    if (!this.begun.has(isExact)) this.begun.set(isExact, this.load(isExact));
    return this.begun.get(isExact);
  }

  async load(isExact) {
    const folder = new URL("sok/pagefind/", this.root);
    const { createInstance } = await import(new URL("pagefind.js", folder));
    const metaWeights = { title: 8, terms: 1, parts: 0.5, kind: 0.5, words: 0.5 };
    const options = { exactDiacritics: isExact, ranking: { termSimilarity: 10, metaWeights } };
    const pagefind = createInstance({ noWorker: true });
    await pagefind.options(options);
    await pagefind.init();
    const others = Array.from({ length: this.parts - 1 }, (_, number) => new URL(`del-${number + 1}/`, folder).href);
    await Promise.all(others.map((other) => pagefind.mergeIndex(other, options)));
    return pagefind;
  }
}

/** The words of a query that are searched for; a text in quotation marks is one. */
function wordsOf(query) {
  const parts = query.replace(/[”“»«]/g, '"').match(/"[^"]+"|[^\s"]+/g) ?? [];
  const words = parts.map((part) => part.replace(/"/g, "").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
  const telling = words.filter((word) => word && !PASSED_OVER.has(word.toLowerCase()));
  return [...new Set(telling.length ? telling : words.filter(Boolean))];
}
