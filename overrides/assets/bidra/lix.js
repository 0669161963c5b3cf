// LIX, the Swedish readability index (C. H. Björnsson, 1968), counted as the checks count it: words a sentence,
// and the share of words with more than six letters.

const ENOUGH = 100;
const LONG = 6;
const BEYOND_LATIN_1 = /[^\0-\xff]/g;
const CLOSING = /["')»]/g;
const CLOSED = /[”’"')»]+$/;
const MARKS = ".!?:";

/** The words of a text; hyphens that stand alone are none. */
export function wordsIn(text) {
  const letters = text.replace(BEYOND_LATIN_1, "").replace(/[^\p{L}-]/gu, " ");
  return letters.split(" ").filter((word) => word && !/^-+$/.test(word));
}

/** The index of a text given as its blocks, each of which ends a sentence; null where it is too short to say. */
export function lix(blocks) {
  const words = blocks.flatMap(wordsIn);
  if (words.length < ENOUGH) return null;
  const long = words.filter((word) => word.length > LONG).length;
  return halfToEven(words.length / sentencesIn(blocks) + (100 * long) / words.length);
}

/** Marks with a blank after them, and blocks that end without one. */
function sentencesIn(blocks) {
  const text = `${blocks.join("\n")}\n`.replace(BEYOND_LATIN_1, "").replace(CLOSING, "");
  const unmarked = blocks.filter((block) => !MARKS.includes(block.replace(CLOSED, "").slice(-1)));
  return (text.match(/[.!?:](?=\s)/g) ?? []).length + unmarked.length;
}

function halfToEven(number) {
  const rounded = Math.round(number);
  return rounded - number === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}

/** The blocks of a text in Markdown, without marks: its paragraphs and the items of its lists, but no headings. */
export function blocksOf(markdown) {
  return markdown
    .replace(/^#+ .*$/gm, "")
    .split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)/)
    .map((block) => block.replace(/^\s*(?:[-*+>]|\d+[.)])\s+/, "").replace(/\]\([^)]*\)/g, "").replace(/[*_[\]`]/g, ""))
    .map((block) => block.replace(/\s+/g, " ").trim())
    .filter(Boolean);
}

const SCALE = [
  [30, "mycket lätt att läsa"],
  [40, "lätt att läsa"],
  [50, "medelsvår"],
  [60, "svår att läsa"],
  [Infinity, "mycket svår att läsa"],
];

export function inWords(index) {
  return SCALE.find(([limit]) => index <= limit)[1];
}
