// The form by which a record is sent in.

import { read } from "./entry.js";
import { fileOf } from "./file.js";
import { startForm } from "./form.js";

startForm((form, definition, rules) => {
  const entry = read(form, definition);
  const file = fileOf(entry, definition, new Date());
  return { entry, file, found: rules.findings(entry, file) };
});
