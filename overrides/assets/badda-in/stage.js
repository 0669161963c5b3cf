// Shows a code in a page that imitates somebody else's. The page is a document in a frame of the builder's own:
// the policy of the builder holds in it, so that nothing from elsewhere runs or is fetched.

const host = (folder, code) => `<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>En påhittad webbplats</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${folder}vard.css"></head>
<body><header><p>En påhittad webbplats</p></header>
<main><h1>Jämlikt i länet</h1><p>Så här kan en sida på er egen webbplats se ut. Det här stycket är ert, och det som kommer under är vårt.</p>
${code}
</main></body></html>`;

export class Stage {
  /** `home` is the address that codes have, `root` where the site is now. */
  constructor(frame, home, root) {
    this.frame = frame;
    this.home = home;
    this.root = root;
    this.folder = new URL("assets/badda-in/", root).href;
    frame.addEventListener("load", () => this.#loaded());
  }

  /** `style` is a rule for the page around, `look` tells how high the first frame in the code wants to be. */
  show(code, style, look) {
    this.look = look;
    this.style = style;
    this.frame.srcdoc = host(this.folder, this.#here(code));
  }

  /** The code with addresses that lead here, and without what changes nothing that one sees: this page allows no
   * inline style and has its own for frames, and a frame in a sandbox can't be asked how high it is. */
  #here(code) {
    return code.replaceAll(this.home, this.root).replace(/(<iframe [^>]*?) loading="lazy" sandbox="[^"]*" style="[^"]*">/, "$1>");
  }

  #loaded() {
    const page = this.frame.contentDocument;
    if (!page?.body) return;
    this.#dress(page);
    page.addEventListener("click", (event) => stay(event, page));
    const inner = page.querySelector("iframe")?.contentDocument;
    inner?.addEventListener("click", (event) => stay(event, inner));
    this.look?.(inner ? Math.ceil(inner.documentElement.getBoundingClientRect().height) : null);
  }

  #dress(page) {
    if (!this.style) return;
    const sheet = new page.defaultView.CSSStyleSheet();
    sheet.replaceSync(this.style);
    page.adoptedStyleSheets = [sheet];
  }
}

/** Links lead nowhere from here, but to places in the page. */
function stay(event, page) {
  const link = event.composedPath().find((node) => node.localName === "a");
  if (link && link.href.split("#")[0] !== page.location.href.split("#")[0]) event.preventDefault();
}
