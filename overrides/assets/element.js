// Makes elements. Text goes in as text only: nothing that a record or an address says can become markup.

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
