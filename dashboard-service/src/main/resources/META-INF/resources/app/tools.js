// The choice of tools: grouped by what they do to the world, described where the reader wants it.
import { byId, h } from './dom.js';
import { count, plain } from './format.js';
import { request } from './http.js';
import { may, mayUse } from './person.js';
import { problemNotice } from './problem.js';

const GROUPS = [
  ['read_only', 'Only read'],
  ['idempotent', 'Change something, safe to repeat'],
  ['non_idempotent', 'Change something each time'],
];

// why: two longer names do not fit beside each other
const LONG_NAME = 16;

/** Makes the choice of tools work. Until somebody chooses, those that only read are. Returns {chosen, choose, recover}. */
export function startToolPicker() {
  const picker = byId('tool-picker');
  let wanted = null;
  let described = false;
  let failed = false;

  const boxes = () => [...picker.querySelectorAll('input')];
  const sum = h('span', { class: 'tool-sum', 'data-testid': 'tools-chosen' });
  const showSum = () => {
    sum.textContent = `${count(boxes().filter((box) => box.checked).length)} of ${count(boxes().length)}`;
  };
  const tick = (isWanted) => {
    boxes().forEach((box) => { box.checked = isWanted(box.value); });
    showSum();
  };
  const describe = h('button', { type: 'button', class: 'quiet', 'data-testid': 'tools-describe', on: { click: () => { described = !described; showDescriptions(); } } });
  const showDescriptions = () => {
    describe.setAttribute('aria-expanded', String(described));
    describe.textContent = described ? 'Hide descriptions' : 'Describe';
    picker.classList.toggle('is-described', described);
    picker.querySelectorAll('.tool-about').forEach((about) => { about.hidden = !described; });
  };
  const bar = h('div', { class: 'tool-bar' },
    sum,
    h('button', { type: 'button', class: 'quiet', 'data-testid': 'tools-all', on: { click: () => tick(() => true) } }, 'All', h('span', { class: 'visually-hidden' }, ' tools')),
    h('button', { type: 'button', class: 'quiet', 'data-testid': 'tools-none', on: { click: () => tick(() => false) } }, 'None', h('span', { class: 'visually-hidden' }, ' of the tools')),
    describe);

  const load = async () => {
    if (!may('statistics:read')) return;
    picker.setAttribute('aria-busy', 'true');
    picker.replaceChildren(h('p', { class: 'loading' }, 'Loading the tools'));
    try {
      const known = ((await request('api/tool')).items ?? []).filter((tool) => mayUse(tool.name));
      failed = false;
      picker.replaceChildren(...(known.length ? [bar, ...groups(known)] : [h('p', { class: 'empty' }, 'The service offers no tools. The model answers alone.')]));
      showDescriptions();
      if (wanted) tick((name) => wanted.includes(name));
      showSum();
    } catch (failure) {
      failed = true;
      picker.replaceChildren(problemNotice(failure, load));
    }
    picker.removeAttribute('aria-busy');
  };

  picker.addEventListener('change', showSum);
  load();

  return {
    /** The names of the chosen tools. */
    chosen: () => boxes().filter((box) => box.checked).map((box) => box.value),
    /** Chooses tools by their names, and no others. */
    choose(names) {
      wanted = names;
      tick((name) => names.includes(name));
    },
    /** Loads what could not be loaded while the service was away. */
    recover() {
      if (failed) {
        failed = false;
        load();
      }
    },
  };
}

function groups(known) {
  const groupOf = (tool) => GROUPS.findIndex(([effects]) => effects === tool.side_effects);
  // why last: what a tool does to the world and does not say may be anything
  return [...GROUPS.keys(), -1].map((index) => {
    const tools = known.filter((tool) => groupOf(tool) === index);
    const title = GROUPS[index]?.[1] ?? 'Others';
    return tools.length === 0 ? null : h('div', { class: 'tool-group', role: 'group', 'aria-label': title },
      h('p', { class: 'tool-effects', 'aria-hidden': 'true' }, title),
      h('div', { class: 'tools' }, tools.map(choice)));
  }).filter(Boolean);
}

function choice(tool) {
  const about = `about-${tool.name}`;
  const description = plain(tool.description);
  return h('div', { class: tool.name.length > LONG_NAME ? 'tool is-long' : 'tool', 'data-testid': `tool-${tool.name}` },
    h('label', { title: description },
      h('input', { type: 'checkbox', name: 'tools', value: tool.name, checked: tool.side_effects === 'read_only', 'aria-describedby': about }),
      h('span', { class: 'tool-name' }, plain(tool.name))),
    h('p', { class: 'tool-about', id: about, hidden: true, dir: 'auto' }, description));
}
