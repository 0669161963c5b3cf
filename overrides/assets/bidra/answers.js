// The answers to the survey as findings. Their names are "answers.<theme>.<kind>.<number>.text".

import { slug } from "./slug.js";

const LONGEST = 40; // of an id; the schema allows more, but nobody wants to read it

/** What a file of findings says, from the entry of the survey, and the name of each finding's group of controls. */
export function findingsOf({ respondent = "", answers = {}, ...about }) {
  const findings = [];
  const names = [];
  const taken = new Set();
  for (const [theme, kind, number, { text, due }] of given(answers)) {
    const id = unique(idOf(text), taken);
    findings.push({ id, theme, kind, text, section: respondent, ...(due && { due }) });
    names.push(`answers.${theme}.${kind}.${number}`);
  }
  const summary = `Svar om arbetet, tema för tema. Lämnade av: ${respondent}.`;
  return { data: { ...about, summary, ...(findings.length && { findings }) }, names, respondent };
}

/** Every answer that says something, in the order of the form. */
function* given(answers) {
  for (const [theme, kinds] of Object.entries(answers)) {
    for (const [kind, items] of Object.entries(kinds)) {
      for (const [number, answer] of items.entries()) {
        if (answer?.text) yield [theme, kind, number, answer];
      }
    }
  }
}

/** What the rules find in an entry of the survey, told at its controls. Who answers is asked once, and so told once. */
export function surveyed({ data, names, respondent }, file, rules) {
  const found = rules.findings({ data, sections: {}, text: "" }, file);
  const asked = found.filter(({ name }) => name !== "findings" && !/^findings\.\d+\.section$/.test(name));
  const missing = [
    ...(respondent ? [] : [rules.finding("empty-value", "respondent", { example: "Samordnaren i Dalarnas län" })]),
    ...(data.findings ? [] : [rules.finding("empty-value", "answers", { example: "ett svar på en av frågorna." })]),
    ...found.filter(({ name }) => respondent && name === "findings.0.section").map((finding) => ({ ...finding, name: "respondent" })),
  ];
  return [...missing, ...asked.map((finding) => ({ ...finding, name: controlOf(finding.name, names) }))];
}

/** The name of the control that a finding of the rules is about, from its place in the file. */
function controlOf(name, names) {
  const [field, number, ...rest] = name.split(".");
  if (field === "summary") return "respondent";
  return field === "findings" ? [names[number], ...rest].join(".") : name;
}

function idOf(text) {
  const whole = slug(text);
  const cut = whole.length > LONGEST ? whole.slice(0, LONGEST + 1).replace(/-[^-]*$/, "") : whole;
  return cut.slice(0, LONGEST).replace(/-$/, "") || "svar";
}

function unique(id, taken) {
  let name = id;
  for (let number = 2; taken.has(name); number += 1) name = `${id}-${number}`;
  taken.add(name);
  return name;
}
