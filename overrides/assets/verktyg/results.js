// Pieces that the results of all kinds of tools are made of.

import { element } from "../element.js";

/** The advice of a question for an answer, and where to read more. */
export function adviceOf(place, answer) {
  const advice = place.querySelector(`.advice [data-answer="${CSS.escape(answer ?? "")}"]`);
  const words = advice ? [...advice.childNodes].slice(1).map((node) => node.textContent).join("").trim() : "";
  return { advice: words, links: [...place.querySelectorAll(".advice a")].map((link) => link.cloneNode(true)) };
}

export function tableOf(caption, heads, rows) {
  const head = element("tr", {}, ...heads.map((words) => element("th", { scope: "col", textContent: words })));
  const body = rows.map(([first, ...rest]) =>
    element("tr", {}, element("th", { scope: "row", textContent: first }), ...rest.map((words) => element("td", { textContent: words }))),
  );
  const table = element("table", {}, element("caption", { textContent: caption }), element("thead", {}, head), element("tbody", {}, ...body));
  const box = element("div", { className: "wide", tabIndex: 0 }, table);
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", caption);
  return box;
}

/** What to do next, each { title, advice, links }, with a button that takes the advice to the list of actions. */
export function whatNext(found, add) {
  if (!found.length) return element("p", { textContent: "Det finns inget kvar att förbättra enligt svaren." });
  const items = found.map(({ title, advice, links }) => {
    const button = element("button", { type: "button", className: "quiet", textContent: "Lägg till bland åtgärderna" });
    button.setAttribute("aria-label", `Lägg till bland åtgärderna: ${advice}`);
    button.addEventListener("click", () => add(advice));
    const more = links.length ? [element("p", { className: "fine" }, "Läs mer: ", ...links.flatMap((link, number) => (number ? [", ", link] : [link])))] : [];
    return element("li", {}, element("strong", { textContent: title }), element("p", { textContent: advice }), ...more, element("p", {}, button));
  });
  return element("section", { className: "next" }, element("h4", { textContent: "Börja här" }), element("ul", {}, ...items));
}

/** What the filled bars and the open ones stand for, in the order of the picture. */
export function key(words) {
  return element("p", { className: "fine key" }, ...words.flatMap(([className, textContent]) => [element("span", { className, textContent }), " "]));
}

export function comparison(picture, rows, heads) {
  return [picture, key([["then", "då"], ["now", "nu"]]), tableOf("Då och nu", heads, rows)];
}
