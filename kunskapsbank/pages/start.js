// Starts the page's script. Browsers load no modules into a page that is opened from a disk, so there the
// scripts that can do without are started instead; where there are none, the page says so.
(() => {
  const { modul, fil } = document.currentScript.dataset;
  if (location.protocol !== "file:") {
    import(new URL(modul, document.baseURI).href);
  } else if (fil) {
    for (const src of fil.split(" ")) {
      document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
    }
  } else {
    const words = "Sidan är öppnad som en fil. Det som behöver JavaScript fungerar bara på webben.";
    const said = Object.assign(document.createElement("p"), { textContent: words });
    document.getElementById("_utan-skript")?.prepend(said);
  }
})();
