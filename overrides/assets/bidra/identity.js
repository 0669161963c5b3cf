// Personal identity numbers and coordination numbers, by the same rule as the checks: a date (the day plus 60 for
// a coordination number), three digits, and a check digit by Luhn's method over the last ten.

const CANDIDATES = [
  /\d\d\d\d\d\d(?:\d\d)?[ \u00a0]?[-+‐‑–−/]?[ \u00a0]?\d{4}(?!\d)/gu,
  /\d\d-\d\d-\d\d[-+]\d{4}(?!\d)/gu,
];
const PARTS = /^(\d{2})?(\d{2})-?(\d{2})-?(\d{2})\D{0,3}(\d{4})$/;
const COORDINATION = 60;

/** Whether a text holds something that looks like one, in the digits of any script. */
export function holdsIdentityNumber(written) {
  const text = written.replace(/\p{Nd}/gu, asFigure);
  return CANDIDATES.some((pattern) => [...text.matchAll(pattern)].some((match) => isOne(text, match.index, match[0])));
}

/** A digit as 0 to 9: those of a script follow each other, from its zero on. */
function asFigure(digit) {
  let first = digit.codePointAt(0);
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return (digit.codePointAt(0) - first) % 10;
}

function isOne(text, index, found) {
  let start = index;
  if (/^\d\d$/.test(text.slice(Math.max(0, start - 2), start)) && text[start + 2] === "-") start -= 2;
  const parts = PARTS.exec(text.slice(start, index + found.length));
  if (!parts || /\d/.test(text[start - 1] ?? "")) return false;
  const [, century, year, month, day, last] = parts;
  return isDate(century, Number(year), Number(month), Number(day)) && luhn(year + month + day + last);
}

function isDate(century, year, month, day) {
  if (century && !["18", "19", "20"].includes(century)) return false;
  const born = day > COORDINATION ? day - COORDINATION : day;
  const centuries = century ? [Number(century)] : [19, 20];
  return centuries.some((c) => exists(100 * c + year, month, born));
}

export function exists(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function luhn(digits) {
  const sum = [...digits].reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + Math.floor(doubled / 10) + (doubled % 10);
  }, 0);
  return sum % 10 === 0;
}
