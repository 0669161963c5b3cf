// Calls functions of the site's scripts outside a browser: a question a line in, an answer a line out, as JSON.
//
//     node calls.mjs FOLDER-OF-SCRIPTS
//     {"module": "scoring", "call": "percent", "args": [[…]]}
//
// What is thrown is answered as {"thrown": the error's words, "name": its class}.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);

for await (const line of createInterface({ input: process.stdin })) {
  const { module, call, args } = JSON.parse(line);
  const found = await import(new URL(`${module}.js`, folder));
  let answer;
  try {
    const dated = args.map((arg) => (arg?.date ? new Date(arg.date) : arg));
    answer = found[call](...dated) ?? null;
  } catch (error) {
    answer = { thrown: error.message, name: error.constructor.name };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
