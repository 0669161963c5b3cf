// Runs the forms' scripts outside a browser: a question a line in, an answer a line out, both as JSON.
//
//     node forms.mjs FOLDER-OF-SCRIPTS

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const [addresses, file, identity, lix, rules, signs, slug, ways] = await Promise.all(
  ["addresses", "file", "identity", "lix", "rules", "signs", "slug", "ways"].map((name) => import(new URL(`${name}.js`, folder))),
);

const ANSWERS = {
  address: ({ target, nearby }) => (target.startsWith("mailto:") ? addresses.mailFault : addresses.webFault)(target, nearby),
  id: ({ title, names }) => slug.idOf(title, names),
  letters: ({ text }) => signs.hasLetterOrDigit(text),
  signs: ({ text, signs: names }) => [...signs.signsIn(text, names)].map(([code]) => code),
  slug: ({ text }) => slug.slug(text),
  lix: ({ blocks }) => lix.lix(blocks),
  blocks: ({ text }) => lix.lix(lix.blocksOf(text)),
  identity: ({ text }) => identity.holdsIdentityNumber(text),
  host: ({ host, file: made }) => ways.hostAddress(host, made),
  entry: ({ entry, definition, schema, now }) => {
    const made = file.fileOf(entry, definition, new Date(now));
    return { ...made, found: new rules.Rules(definition, schema).findings(entry, made) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(ANSWERS[asked.task](asked) ?? null)}\n`);
}
