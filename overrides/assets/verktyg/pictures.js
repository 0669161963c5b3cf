// Pictures of results. Each has a table beside it that says the same, so they are hidden from those who listen.

const NAMESPACE = "http://www.w3.org/2000/svg";

function drawn(name, attributes, ...children) {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const framed = (width, height, className, ...children) =>
  drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: className, "aria-hidden": "true", focusable: "false" }, ...children);

/** A thermometer from 0 to 100 with the levels along it. */
export function thermometer(found, levels) {
  const [top, bottom, left] = [16, 216, 26];
  const y = (percent) => bottom - ((bottom - top) * percent) / 100;
  const marks = levels.map(({ from, label }) =>
    drawn("g", { class: "mark" }, drawn("path", { d: `M${left + 14} ${y(from)}h12` }), text(left + 32, y(from), label, "start")),
  );
  return framed(
    260,
    264,
    "thermometer",
    drawn("path", { class: "glass", d: `M${left - 10} ${top}a10 10 0 0 1 20 0v${bottom - top}a22 22 0 1 1 -20 0z` }),
    drawn("path", { class: "fill", d: `M${left - 6} ${y(found)}h12v${bottom + 6 - y(found)}a16 16 0 1 1 -12 0z` }),
    ...marks,
  );
}

/** A bar for each value of each row, { title, values: [{ className, part }] }, where a part is from 0 to 1. */
export function bars(rows, steps) {
  const [left, width, high, named] = [1, 420, 48, 20];
  const lines = Array.from({ length: steps + 1 }, (_, n) => drawn("path", { class: "step", d: `M${left + (width * n) / steps} ${named}V${rows.length * high}` }));
  const made = rows.flatMap(({ title, values }, row) => {
    const each = (high - named - 6) / values.length;
    const drawnValues = values.map(({ className, part }, number) =>
      drawn("rect", { class: className, x: left, y: row * high + named + number * each, width: Math.max(width * part, 2), height: each - 1 }),
    );
    return [text(left, row * high + named / 2, title, "start"), ...drawnValues];
  });
  return framed(width + 2, rows.length * high, "bars", ...lines, ...made);
}

function text(x, y, words, anchor) {
  return drawn("text", { x, y, "text-anchor": anchor, "dominant-baseline": "central" }, words);
}
