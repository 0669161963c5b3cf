// Makes each frame with a page from this script's own folder as high as that page. Keeps nothing, sends nothing.
"use strict";

{
  const folder = new URL(".", document.currentScript.src);
  const HIGHEST = 100000; // CSS pixels

  const ours = () => [...document.querySelectorAll("iframe")].filter((f) => f.src.startsWith(folder.href));

  const fit = (frame, height) => {
    const style = getComputedStyle(frame);
    const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    const edges = style.boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight + padding : 0;
    frame.style.height = `${height + edges}px`;
  };

  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== folder.origin || data?.kunskapsbank !== "height") return;
    const { height } = data;
    if (!Number.isInteger(height) || height < 1 || height > HIGHEST) return;
    const frame = ours().find((one) => one.contentWindow === source);
    if (frame) fit(frame, height);
  });

  const ask = () => {
    for (const frame of ours()) frame.contentWindow?.postMessage({ kunskapsbank: "ask" }, "*");
  };
  ask(); // those that were loaded before this script have told already, to nobody
  addEventListener("resize", ask); // a frame that is out of sight does not notice by itself
}
