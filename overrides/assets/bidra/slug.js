// Words as a file name, by the same rule as the checks: å and ä become a, ö becomes o.

export function slug(text) {
  const folded = text.normalize("NFKD").replace(/[^\0-\x7f]/g, "").toLowerCase();
  return folded.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}

/** A title as the id of a record, fit to be the name of a file: cut after a whole word, and no name of Windows' own. */
export function idOf(title, { longest, reserved, type }) {
  let name = slug(title);
  if (name.length > longest) {
    const cut = name.slice(0, longest + 1);
    name = cut.includes("-") ? cut.slice(0, cut.lastIndexOf("-")) : name.slice(0, longest);
  }
  return reserved.includes(name) ? `${name}-${type}` : name;
}
