// The search on a page that is opened from a disk. All words must be in a record's text; those with the words
// in the title come first. Text goes in as text only, so nothing in a record can become markup.
(() => {
  const MOST = 50;
  const records = window.kunskapsbankensSidor;
  const place = document.getElementById("_traffar");
  const folded = (text) => text.normalize("NFC").toLowerCase();
  const query = new URLSearchParams(location.search).get("q")?.trim().slice(0, 200) ?? "";
  const words = folded(query).match(/[\p{L}\p{N}]+/gu) ?? [];

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function score(record) {
    const [title, summary, text] = [record.title, record.summary, record.text].map(folded);
    const of = (word) => (title.includes(word) ? 9 : summary.includes(word) ? 3 : text.includes(word) ? 1 : 0);
    const each = words.map(of);
    return each.every(Boolean) ? each.reduce((sum, one) => sum + one, 0) : 0;
  }

  function card(record) {
    const tags = record.words.map((word, number) => element("span", { className: number ? "" : "tag" }, word));
    return element(
      "li",
      { className: "card" },
      element("h3", {}, element("a", { href: `../${record.address}` }, record.title)),
      element("p", {}, record.summary),
      element("p", { className: "words" }, ...tags),
    );
  }

  function said(number) {
    if (!words.length) return `Här finns ${records.length} sidor. Skriv ett ord, eller välj i listan.`;
    if (!number) return "Inga träffar.";
    const counted = number === 1 ? "1 träff." : `${number} träffar.`;
    return number > MOST ? `${counted} De ${MOST} första visas.` : counted;
  }

  const found = words.length
    ? records
        .map((record) => ({ record, score: score(record) }))
        .filter((hit) => hit.score)
        .sort((a, b) => b.score - a.score)
    : [];
  document.getElementById("_sokord").value = query;
  document.getElementById("_utan-skript").textContent =
    "Sidan är öppnad som en fil, så sökningen är enkel: den hittar sidor där alla orden står. I listorna kan du välja sidor efter annat.";
  place.hidden = false;
  document.getElementById("_antal").textContent = said(found.length);
  const list = element("ol", { className: "cards" }, ...found.slice(0, MOST).map((hit) => card(hit.record)));
  document.getElementById("_svar").replaceChildren(...(found.length ? [list] : []));
  place.ariaBusy = "false";
})();
