// Tells the page that holds this one in a frame how high this one is: now, when it changes and when asked.
"use strict";

if (parent !== window) {
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    // To whatever page it is: the height is no secret.
    parent.postMessage({ kunskapsbank: "height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.documentElement);
  addEventListener("load", tell);
  addEventListener("message", (event) => {
    if (event.source === parent && event.data?.kunskapsbank === "ask") tell();
  });
}
