/* In every page of the preview: loads the page anew when it has changed, and lays the report over it while
   the content is faulty. The browser keeps the reader's place. */
"use strict";
{
  const page = document.currentScript.dataset.page;
  let told = "";
  let overlay = null;
  let focused = null;

  const hear = ({ data }) => {
    const now = JSON.parse(data);
    if (now.page !== page) return whenSeen(() => location.reload());
    if (now.report === told) return;
    told = now.report;
    if (!told) close();
    else if (overlay) overlay.querySelector("pre").textContent = told;
    else open();
  };

  const whenSeen = act => {
    if (!document.hidden) act();
    else document.addEventListener("visibilitychange", act, { once: true });
  };

  /* Takes no focus: the reader may be writing in a form. */
  const open = () => {
    overlay = made("section", { id: "_forhandsvisning", lang: "sv", role: "region" });
    overlay.setAttribute("aria-labelledby", "_forhandsvisning-rubrik");
    const alert = made("div", { role: "alert" });
    alert.append(
      made("p", { id: "_forhandsvisning-rubrik" }, "Innehållet har fel"),
      made("p", {}, "Sidan är den senaste utan fel. Rutan försvinner när felen är rättade."),
    );
    const button = made("button", { type: "button" }, "Stäng (Esc)");
    button.addEventListener("click", close);
    overlay.append(alert, button, made("pre", { tabindex: "0" }, told));
    focused = document.activeElement;
    document.body.prepend(overlay);
  };

  const close = () => {
    if (!overlay) return;
    const inside = overlay.contains(document.activeElement);
    overlay.remove();
    overlay = null;
    if (inside) focused.focus();
  };

  const made = (name, attributes, text = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text; // never as HTML: reports quote what strangers write
    return element;
  };

  document.addEventListener("keydown", event => {
    if (event.key === "Escape") close();
  });

  /* Again and again: the preview may have ended before the channel was fetched. */
  let channel = null;
  const join = () => {
    const worker = new SharedWorker("/_forhandsvisning/kanal.js");
    worker.onerror = () => setTimeout(join, 1000);
    channel = worker.port;
    channel.onmessage = hear;
  };
  join();
  addEventListener("pagehide", () => channel.postMessage("hej då"));
  addEventListener("pageshow", event => {
    if (event.persisted) location.reload();
  });
}
