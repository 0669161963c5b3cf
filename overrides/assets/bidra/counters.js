// Counts as one writes: characters where there is a limit, words and readability in the text.

import { blocksOf, inWords, lix, wordsIn } from "./lix.js";

export class Counters {
  constructor(form, definition) {
    this.form = form;
    this.limit = definition.lix;
  }

  update() {
    for (const control of this.form.querySelectorAll("[data-limit]")) {
      this.#say(control, `${[...control.value.trim()].length} av högst ${control.dataset.limit} tecken`);
    }
    const proses = [...this.form.querySelectorAll("[data-prose]")];
    for (const control of proses) {
      const words = blocksOf(control.value).flatMap(wordsIn).length;
      this.#say(control, `${words} ord`);
    }
    this.#readability(lix(proses.flatMap((control) => blocksOf(control.value))));
  }

  #say(control, words) {
    document.getElementById(`${control.id}-antal`).textContent = words;
  }

  #readability(index) {
    const place = document.getElementById("_lix");
    if (index === null) place.textContent = "Läsbarheten räknas ut när texten har minst 100 ord.";
    else {
      const advice = index > this.limit ? " Dela långa meningar och byt långa ord mot korta." : "";
      place.textContent = `Läsbarhet: LIX ${index}, ${inWords(index)}.${advice}`;
    }
  }
}
