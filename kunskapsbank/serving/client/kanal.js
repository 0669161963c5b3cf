/* One channel to the preview for all tabs of a browser, which allows six connections to a server: with one
   for each tab the seventh would never load. */
"use strict";

const tabs = new Set();
let last = null; // null while it may be out of date

function listen() {
  const source = new EventSource("handelser");
  source.onmessage = ({ data }) => {
    last = data;
    for (const tab of tabs) tab.postMessage(data);
  };
  source.onerror = () => {
    last = null;
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000); // refused, and not only broken off
  };
}

self.onconnect = ({ ports: [tab] }) => {
  tabs.add(tab);
  tab.onmessage = () => tabs.delete(tab); // all that a tab ever says is goodbye
  if (last) tab.postMessage(last);
};

listen();
