// The ways to send a file, of which none is taken before the reader chooses it.

const LONGEST = 8000; // GitHub refuses an address of more than 8191 bytes
const LONGEST_MAIL = 1900; // some mail programs cut an address at 2,000

/** Where the code host opens a new file with its name and text filled in. */
export function hostAddress(host, file) {
  const [name, text] = host.kind === "github" ? ["filename", "value"] : ["file_name", "content"];
  return `${host.new}?${name}=${encodeURIComponent(file.name)}&${text}=${encodeURIComponent(file.text)}`;
}

/** A message with the file in it, or without where the address would be too long. */
export function mailAddress(recipient, file, text) {
  const subject = encodeURIComponent(`Till Kunskapsbanken: ${file.front.title}`);
  return `mailto:${recipient.email}?subject=${subject}&body=${encodeURIComponent(text.replaceAll("\n", "\r\n"))}`;
}

export class Ways {
  constructor(definition) {
    this.definition = definition;
    this.place = document.getElementById("_fil");
    this.sent = false;
    this.message = document.getElementById("_besked");
    this.host = document.getElementById("_till-kodvard");
    this.mail = document.getElementById("_med-epost");
    document.getElementById("_kopiera").addEventListener("click", () => this.#copy("Texten är kopierad."));
    document.getElementById("_ladda-ner").addEventListener("click", () => this.#download());
    this.host?.addEventListener("click", () => this.#copy("Texten är också kopierad. Klistra in den om sidan som öppnades är tom."));
    this.mail?.addEventListener("click", () => this.mailIsLong && this.#copy("Texten är kopierad. Klistra in den i brevet."));
  }

  hide() {
    this.place.hidden = true;
    this.file = null;
  }

  show(file, entry) {
    this.file = file;
    this.sent = false;
    document.getElementById("_fil-namn").textContent = file.name;
    document.getElementById("_fil-text").textContent = file.text;
    document.getElementById("_fil-okant").textContent = this.#unknown(file);
    if (this.host) this.#toHost(file);
    if (this.mail) this.#byMail(file, entry);
    this.place.hidden = false;
  }

  #unknown({ front }) {
    const headings = Object.fromEntries(this.definition.sections.map(({ key, heading }) => [key, heading]));
    const unknown = (front.not_documented ?? []).map((key) => headings[key] ?? this.definition.labels[key] ?? key);
    return unknown.length ? `Det här blev inte ifyllt, och sidan kommer att säga att det inte är känt: ${unknown.join(", ")}.` : "";
  }

  #toHost(file) {
    const address = hostAddress(this.definition.host, file);
    const isLong = address.length > LONGEST;
    this.host.href = isLong ? hostAddress(this.definition.host, { ...file, text: "" }) : address;
    document.getElementById("_kodvard-besked").textContent = isLong
      ? "Texten är för lång för att följa med i adressen. Den kopieras när ni öppnar sidan: klistra in den där."
      : "";
  }

  #byMail(file, entry) {
    const recipient = this.#recipient(entry.data[this.definition.county] ?? []);
    const whole = mailAddress(recipient, file, `${file.name}\n\n${file.text}`);
    this.mailIsLong = whole.length > LONGEST_MAIL;
    this.mail.href = this.mailIsLong ? mailAddress(recipient, file, `${file.name}\n\n`) : whole;
    document.getElementById("_mottagare").textContent = recipient.label;
    document.getElementById("_epost-besked").textContent = this.mailIsLong
      ? "Texten är för lång för att följa med i adressen. Den kopieras när ni öppnar brevet: klistra in den där, eller bifoga filen."
      : "";
  }

  /** The coordinator of the first county that has one, else the one who answers for the whole site. */
  #recipient(counties) {
    const { recipients } = this.definition;
    return recipients.find(({ county }) => counties.includes(county)) ?? recipients[0];
  }

  async #copy(words) {
    this.sent = true;
    try {
      await navigator.clipboard.writeText(this.file.text);
      this.message.textContent = words;
    } catch {
      this.place.querySelector("details").open = true;
      getSelection().selectAllChildren(document.getElementById("_fil-text"));
      this.message.textContent = "Det gick inte att kopiera. Texten är markerad: kopiera den med Ctrl+C eller Cmd+C.";
    }
  }

  #download() {
    const address = URL.createObjectURL(new Blob([this.file.text], { type: "text/markdown;charset=utf-8" }));
    const link = Object.assign(document.createElement("a"), { href: address, download: this.file.name.split("/").at(-1) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    this.sent = true;
    this.message.textContent = "Filen är nedladdad.";
  }
}
