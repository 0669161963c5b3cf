// The page for addresses that lead nowhere.
import { page } from "../includes/parts.js";

export const data = { layout: null, eleventyExcludeFromCollections: true, permalink: "/404.html" };

export function render({ site }) {
  const main = `<h1>Sidan finns inte</h1>
<p>Adressen leder ingenstans. <a href="/">Gå till startsidan.</a></p>`;
  return page({ url: "/404.html", title: "Sidan finns inte", site }, main);
}
