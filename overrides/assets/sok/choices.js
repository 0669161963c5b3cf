// What there is to choose by, and which records each value has. Within a choice one value or another is
// enough, between choices all must hold.

export class Choices {
  /** Rejects where the file can't be had. */
  static async load(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
    return new Choices(await answer.json());
  }

  constructor({ choices, records }) {
    this.list = choices.map(({ key, label, values }) => {
      const choice = { key, label, values: [] };
      choice.values = values.map(([valueKey, valueLabel]) => ({ choice, key: valueKey, label: valueLabel }));
      return choice;
    });
    const values = this.list.flatMap((choice) => choice.values);
    values.forEach((value, number) => (value.number = number));
    this.ids = Object.keys(records);
    this.numbers = new Map(Object.entries(records).map(([id, has]) => [id, new Set(has)]));
  }

  /** The values that an address names. Names that nothing answers to are passed over. */
  chosenIn(address) {
    return this.list.flatMap((choice) => {
      const keys = new Set(address.getAll(choice.key));
      return choice.values.filter((value) => keys.has(value.key));
    });
  }

  /** The names in an address that nothing answers to. */
  unknownIn(address) {
    const known = new Set(this.list.flatMap((c) => c.values.map((value) => `${c.key}=${value.key}`)));
    return [...address].filter(([key, value]) => key !== "q" && !known.has(`${key}=${value}`)).map(([, v]) => v);
  }

  /** Those of some records that the chosen values let through, in the order in which they came. */
  among(ids, chosen) {
    const groups = grouped(chosen);
    return ids.filter((id) => {
      const has = this.numbers.get(id);
      return has && [...groups.values()].every((group) => group.some((value) => has.has(value.number)));
    });
  }

  /** How many records each value would show: those that all other choices let through and that have it. */
  counts(ids, chosen) {
    const counts = new Map();
    for (const choice of this.list) {
      const others = chosen.filter((value) => value.choice !== choice);
      const left = this.among(ids, others);
      for (const value of choice.values) {
        counts.set(value, left.filter((id) => this.numbers.get(id).has(value.number)).length);
      }
    }
    return counts;
  }
}

/** The address of the search page that asks for some words and chosen values. */
export function addressOf(query, chosen) {
  const address = new URLSearchParams(query ? { q: query } : {});
  for (const value of chosen) address.append(value.choice.key, value.key);
  return `?${address}`;
}

function grouped(chosen) {
  const groups = new Map();
  for (const value of chosen) groups.set(value.choice, [...(groups.get(value.choice) ?? []), value]);
  return groups;
}
