// Elements are built, never written as markup: text from models and tools stays text.

/** Makes an element; attributes that are null, undefined or false are left out, `on` holds listeners. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') {
      Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The elements of a page that scripts need exist; a missing one is a mistake in the page. */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`the page has no element #${id}`);
  }
  return element;
}

/** Says something to those who listen to the page. */
export function announce(text) {
  byId('announcer').textContent = text;
}

/** Sets text only where it changed, so that a selection survives. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
