// What in an address hides where it leads, by the same rules as the checks. A fault is told by its name.

const CONTROLS = /[\0-\x1f\x7f]/;
const LETTERS = "a-zà-öø-ÿčđŋšŧž";
const WRITABLE = new RegExp(`^[${LETTERS}A-ZÀ-ÖØ-ÞČĐŊŠŦŽ0-9._\\-\\u0300-\\u0303\\u0308\\u030a\\u030c\\u0327]*$`, "u");
const LABEL = new RegExp(`^[${LETTERS}0-9_](?:[${LETTERS}0-9_-]*[${LETTERS}0-9_])?$`, "u");
const LOCAL = new RegExp(`^[${LETTERS}0-9_+'=~-]+(?:\\.[${LETTERS}0-9_+'=~-]+)*$`, "iu");
const NUMBER = /^(?:[0-9]+|0x[0-9a-f]*)$/;
const TELEPHONE = /^\+?[0-9](?:[ -]?[0-9])*$/;
const WRITTEN = /(?:https?:\/\/|www\.)[^\s<>"”“’'()]*[^\s<>"”“’'().,;:!?]/gi;
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
const LONGEST_LABEL = 63;
const LONGEST_NAME = 253;

/** The web addresses in running text. */
export function addressesIn(text) {
  return (text.match(WRITTEN) ?? []).map((address) => (address.includes("://") ? address : `https://${address}`));
}

export function webFault(target, nearby) {
  if (CONTROLS.test(target)) return "control";
  if (target.split(/[?#]/)[0].includes("\\")) return "backslash";
  const rest = target.slice(target.indexOf(":") + 1);
  const [name] = rest.slice(2).split(/[/?#]/);
  if (!rest.startsWith("//") || !name) return "no_host";
  if (name.includes("@")) return "user";
  if (name.startsWith("[")) return "machine";
  return name.includes(":") ? "port" : hostFault(name, nearby);
}

function hostFault(host, nearby) {
  if (host.includes("%")) return "encoded";
  const name = host.normalize("NFC").toLowerCase();
  const labels = name.split(".");
  if (labels.some((label) => label.startsWith("xn--"))) return "punycode";
  if (/[^\0-\x7f]/.test(host) && !WRITABLE.test(host)) return "foreign";
  if (NUMBER.test(labels.at(-1) || (labels.at(-2) ?? ""))) return "machine";
  if (name.length > LONGEST_NAME || !labels.every((label) => label.length <= LONGEST_LABEL && LABEL.test(label))) return "unfit";
  return labels.length === 1 || nearby.includes(labels.at(-1)) ? "nearby" : null;
}

export function mailFault(target, nearby) {
  const address = target.slice(target.indexOf(":") + 1);
  const [recipient] = address.split("?");
  if (CONTROLS.test(target)) return "control";
  return recipientFault(recipient, nearby) ?? extrasFault(address.slice(recipient.length + 1));
}

function recipientFault(recipient, nearby) {
  if (!recipient) return "no_recipient";
  if (recipient.includes("%")) return "encoded_mail";
  const [local, host, ...more] = recipient.split("@");
  if (more.length || /[,;]/.test(recipient)) return "recipients";
  return LOCAL.test(local) && host ? hostFault(host, nearby) : "unfit_mail";
}

/** What stands behind the question mark may be a subject and a text, once each, without signs that don't show. */
function extrasFault(extras) {
  const seen = [];
  for (const part of extras ? extras.split("&") : []) {
    const [key, ...values] = part.split("=");
    const name = decoded(key).toLowerCase();
    if (!["subject", "body"].includes(name) || seen.includes(name) || part.includes("#")) return "extras";
    seen.push(name);
    const value = decoded(values.join("="));
    if (CONTROLS.test(name === "body" ? value.replace(/\r\n|\n/g, " ") : value)) return "hidden_part";
  }
  return null;
}

/** A percent sign that begins no code stands for itself. */
function decoded(part) {
  return part.replace(/(?:%[0-9a-f]{2})+/gi, (run) => DECODER.decode(Uint8Array.from(run.slice(1).split("%"), (code) => parseInt(code, 16))));
}

export function isTelephone(target) {
  const number = target.slice(target.indexOf(":") + 1);
  const digits = number.replace(/[^0-9]/g, "").length;
  return TELEPHONE.test(number) && digits >= 3 && digits <= 15;
}
