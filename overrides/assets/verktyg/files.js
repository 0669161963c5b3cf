// What is taken away: a saved file, a table, a calendar.

export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const FORMULA = /^[=+\-@\t\r]/;

/** The rows as CSV that Excel opens as it is: a mark first, semicolons, and nothing that it takes for a formula. */
export function table(rows) {
  const cell = (text) => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `\ufeff${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}

/** Days as an iCalendar: each { id, day: "2026-11-25", title }. */
export function calendar(days, now) {
  const stamp = `${now.toISOString().replace(/[-:]|\.\d+/g, "")}`;
  const events = days.flatMap(({ id, day, title }) => [
    "BEGIN:VEVENT",
    `UID:${id}@kunskapsbanken-verktyg`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}`,
    `SUMMARY:${escaped(title)}`,
    "END:VEVENT",
  ]);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kunskapsbanken//Verktyg//SV", ...events, "END:VCALENDAR"];
  return lines.map(folded).join("\r\n") + "\r\n";
}

const escaped = (text) => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\s+/g, " ").trim();

/** Lines of at most 75 octets, as the format asks; a letter is never cut in two. */
function folded(line) {
  const encoder = new TextEncoder();
  let [out, size] = ["", 0];
  for (const letter of line) {
    const octets = encoder.encode(letter).length;
    if (size + octets > 75) [out, size] = [`${out}\r\n `, 1];
    out += letter;
    size += octets;
  }
  return out;
}
