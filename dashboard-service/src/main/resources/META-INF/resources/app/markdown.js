// Markdown of models and tools, rendered and sanitised. What they say is untrusted: nothing of it runs or loads.
import { marked } from '../vendor/marked.js';
import DOMPurify from '../vendor/purify.js';
import { h } from './dom.js';
import { count, plain } from './format.js';

const SHOWN = 20_000;
const RENDERED = 200_000;

const ALLOWED = {
  ALLOWED_TAGS: [
    'a', 'b', 'blockquote', 'br', 'code', 'del', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'input', 'kbd', 'li',
    'ol', 'p', 'pre', 's', 'strong', 'sub', 'sup', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
  ],
  ALLOWED_ATTR: ['href', 'title', 'start', 'type', 'checked', 'disabled', 'align'],
  ADD_URI_SAFE_ATTR: ['start', 'type', 'checked', 'disabled', 'align'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

const escaped = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

// why: markup that a model wrote is shown as it wrote it, and a page that loads an image tells its host of the reader
const renderer = new marked.Renderer();
renderer.html = ({ text }) => (/^<br *\/?>$/i.test(text.trim()) ? '<br>' : escaped(text));
renderer.image = ({ href, text }) => `<a href="${escaped(href)}">${escaped(text || href)}</a>`;

/** The Markdown as a fragment of harmless elements. */
function render(text) {
  const html = marked.parse(plain(text), { gfm: true, breaks: true, async: false, renderer });
  const fragment = DOMPurify.sanitize(html, ALLOWED);
  fragment.querySelectorAll('a').forEach((link) => {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer nofollow');
  });
  fragment.querySelectorAll('input').forEach((box) => {
    if (box.getAttribute('type') !== 'checkbox') box.remove();
    else box.setAttribute('disabled', '');
  });
  fragment.querySelectorAll('table').forEach((table) => {
    const scroller = h('div', { class: 'scroller', tabindex: '0' });
    table.replaceWith(scroller);
    scroller.append(table);
  });
  fragment.querySelectorAll('pre').forEach((block) => block.setAttribute('tabindex', '0'));
  return fragment;
}

/** Shows Markdown in an element; what is very long is cut until the reader asks for all of it. */
export function showMarkdown(element, text, all = false) {
  const source = String(text ?? '');
  element.classList.add('prose');
  element.setAttribute('dir', 'auto');
  if (source.length <= SHOWN) {
    element.replaceChildren(render(source));
  } else if (!all) {
    element.replaceChildren(render(source.slice(0, SHOWN)), showAll(source.length, () => showMarkdown(element, source, true)));
  } else if (source.length <= RENDERED) {
    element.replaceChildren(render(source));
  } else {
    element.replaceChildren(h('pre', { tabindex: '0' }, plain(source)));
  }
}

/** Shows text as it is in a block of code; what is very long is cut until the reader asks for all of it. */
export function codeBlock(text, label) {
  const source = plain(text);
  const block = h('pre', { class: 'code', tabindex: '0', 'aria-label': label, dir: 'ltr' });
  const holder = h('div', { class: 'code-holder' }, block);
  if (source.length <= SHOWN) {
    block.textContent = source;
  } else {
    block.textContent = source.slice(0, SHOWN);
    holder.append(showAll(source.length, (button) => { block.textContent = source; button.remove(); }));
  }
  return holder;
}

function showAll(length, onAll) {
  const button = h('button', { type: 'button', class: 'quiet show-all', 'data-testid': 'show-all' }, `Show all ${count(length)} characters`);
  button.addEventListener('click', () => onAll(button));
  return button;
}

/**
 * Renders a growing text as it comes, never more often than it can be rendered with ease.
 * Returns {add, stop}.
 */
export function growingMarkdown(element) {
  let text = '';
  let timer = null;
  let wait = 40;
  const draw = () => {
    timer = null;
    const started = performance.now();
    showMarkdown(element, text);
    wait = Math.max(40, (performance.now() - started) * 6);
  };
  return {
    add(more) {
      text += more;
      timer ??= setTimeout(draw, wait);
    },
    stop() {
      clearTimeout(timer);
      draw();
      return text;
    },
  };
}
