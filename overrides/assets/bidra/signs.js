// Characters that don't show, by the same rules as the checks (kunskapsbank/reading/scripts.py), but for those that
// Unicode does not have: which they are depends on the browser.

const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/u;
const FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\u{16fe4}\u{1d159}\u{e0100}-\u{e01ef}";
const WIDTHLESS = "\u00ad\u180e\u200b-\u200d\u2060-\u2064";
const SHOWN = "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}";
const HIDDEN = new RegExp(`(?![${WIDTHLESS}${SHOWN}\t\n\r])[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Noncharacter_Code_Point}${FILLERS}]`, "gu");

const EMOJI = "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\u{1f000}-\u{1faff}";
const HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}";
const MONGOLIAN = "\u1820-\u18aa";
const JOINED =
  "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17d3\u1820-\u18aa\u1a20-\u1aad\u1b00-\u1bf3\ua840-\ua877\ua8e0-\ua8ff\ua930-\ua9df\uaa60-\uaa7f\uabc0-\uabed\ufb50-\ufdfb\ufe70-\ufefc\u{10ac0}-\u{10aff}\u{10d00}-\u{10d27}\u{11000}-\u{1197f}\u{1e900}-\u{1e94b}";
const ALLOWED = new RegExp(
  [
    `(?<=[${EMOJI}0-9#*])[\ufe0e\ufe0f]`,
    `(?<=[${HAN}])[\ufe00-\ufe02\u{e0100}-\u{e01ef}]`,
    "(?<=[\u1000-\u109f\ua840-\ua877])\ufe00",
    `(?<=[${MONGOLIAN}])[\u180b-\u180d\u180f]`,
    "(?<=[\u0590-\u05ff])\u034f",
    "(?<=[\u2801-\u28ff])\u2800(?=[\u2801-\u28ff])",
    "(?<=\u{1f3f4})\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}",
  ].join("|"),
  "gu",
);
const NEEDED = new RegExp(
  [
    `(?<=[${EMOJI}\ufe0f\u20e3])\u200d(?=[${EMOJI}])`,
    `(?<=[${JOINED}])[\u200c\u200d]`,
    `[\u200c\u200d](?=[${JOINED}])`,
    `(?<=[${MONGOLIAN}])\u180e(?=[${MONGOLIAN}])`,
    `(?<=[^\\s${WIDTHLESS}])[\u00ad\u200b\u2060](?=[^\\s${WIDTHLESS}])`,
  ].join("|"),
  "gu",
);
const KINDS = [
  ["selector", /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u180b-\u180d\u180f]/u],
  ["tag", /[\u{e0000}-\u{e0fff}]/u],
  ["private", /\p{Co}/u],
  ["unassigned", /\p{Noncharacter_Code_Point}/u],
  ["filler", new RegExp(`[${FILLERS}]`, "u")],
  ["other", /[^]/u],
];

/** The first sign of a text that no content may hold, and the first that no language needs where it stands. */
export function* signsIn(text, { kinds, widthless, other }) {
  const [sign] = text.replace(ALLOWED, "x").match(HIDDEN) ?? [];
  const number = numberOf(sign);
  if (sign && BIDI.test(sign)) yield ["bidi-control", { number }];
  else if (sign && CONTROL.test(sign)) yield ["control-character", { number }];
  else if (sign) yield ["hidden-character", { number, name: kinds[KINDS.find(([, signs]) => signs.test(sign))[0]] }];
  const needless = new RegExp(`\\S*([${WIDTHLESS}])\\S*`, "u").exec(text.replace(NEEDED, ""));
  if (needless) {
    const word = needless[0].replace(new RegExp(`[${WIDTHLESS}]`, "gu"), "");
    yield ["invisible-character", { word, name: widthless[needless[1]] ?? other, number: numberOf(needless[1]) }];
  }
}

function numberOf(sign) {
  return sign?.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
}

/** Whether a text has anything that can be read out. */
export function hasLetterOrDigit(text) {
  return /[\p{L}\p{N}]/u.test(text.replace(new RegExp(`[${FILLERS}]`, "gu"), ""));
}
