// Words as a file name, by the same rule as the checks: å and ä become a, ö becomes o.

export function slug(text) {
  const folded = text.normalize("NFKD").replace(/[^\0-\x7f]/g, "").toLowerCase();
  return folded.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}
