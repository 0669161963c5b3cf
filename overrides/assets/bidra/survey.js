// The survey: its answers become a file of findings.

import { findingsOf, surveyed } from "./answers.js";
import { read } from "./entry.js";
import { fileOf } from "./file.js";
import { startForm } from "./form.js";

startForm((form, definition, rules) => {
  const answered = findingsOf(read(form, definition).data);
  const entry = { data: answered.data, sections: {}, text: "" };
  const file = fileOf(entry, definition, new Date());
  return { entry, file, found: surveyed(answered, file, rules) };
});
