// The list of recent tasks, newest first, kept up to date while the statistics move.
import { byId, h } from './dom.js';
import { statusChip } from './chips.js';
import { plain, time } from './format.js';
import { request } from './http.js';
import { may } from './person.js';
import { problemNotice } from './problem.js';

const PAGE = 10;
const MOST = 200;
const BETWEEN_REFRESHES = 1000;
const GIVEN_UP = 'given up';

/** Makes the list work; `onOpen` is told the id of the task that is chosen. Returns {refresh, mark}. */
export function startRecent(onOpen) {
  const section = byId('recent');
  const list = byId('recent-list');
  const more = byId('recent-more');
  const filter = byId('recent-status');
  const problem = section.querySelector('.recent-problem');
  let tasks = [];
  let next = null;
  let opened = null;
  let due = null;
  let loading = false;

  const path = (limit, cursor) => {
    const query = new URLSearchParams({ limit: String(limit) });
    if (cursor) query.set('cursor', cursor);
    if (filter.value === GIVEN_UP) return `api/dead-letter?${query}`;
    if (filter.value) query.set('status', filter.value);
    return `api/task?${query}`;
  };

  const draw = () => {
    const focused = document.activeElement?.closest?.('#recent-list a')?.dataset.task;
    list.replaceChildren(...(tasks.length ? tasks.map((task) => row(task, task.task_id === opened, onOpen)) : [empty(filter.value)]));
    if (focused) list.querySelector(`a[data-task="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    more.hidden = !next;
    list.removeAttribute('aria-busy');
  };

  const load = async (limit, cursor) => {
    if (!may('tasks:read')) return;
    loading = true;
    const wanted = filter.value;
    try {
      const page = await request(path(limit, cursor));
      if (wanted !== filter.value) return;
      const known = new Set(cursor ? tasks.map((task) => task.task_id) : []);
      tasks = cursor ? [...tasks, ...page.items.filter((task) => !known.has(task.task_id))] : page.items;
      next = page.next_cursor ?? null;
      problem.replaceChildren();
      draw();
    } catch (failure) {
      problem.replaceChildren(problemNotice(failure, () => load(PAGE)));
      if (tasks.length === 0) list.replaceChildren();
      list.removeAttribute('aria-busy');
    } finally {
      loading = false;
    }
  };

  const refresh = () => {
    due ??= setTimeout(() => {
      due = null;
      if (loading) refresh();
      else if (tasks.length <= MOST) load(Math.max(PAGE, tasks.length));
    }, BETWEEN_REFRESHES);
  };

  more.addEventListener('click', async () => {
    more.disabled = true;
    await load(PAGE, next);
    more.disabled = false;
  });
  filter.addEventListener('change', () => { tasks = []; load(PAGE); });
  list.append(h('li', { class: 'loading' }, 'Loading'));
  load(PAGE);

  return {
    refresh,
    mark(id) {
      opened = id;
      list.querySelectorAll('a').forEach((link) => markRow(link, link.dataset.task === id));
    },
  };
}

function markRow(link, current) {
  if (current) link.setAttribute('aria-current', 'true');
  else link.removeAttribute('aria-current');
}

function row(task, current, onOpen) {
  const link = h('a', { href: `?task=${encodeURIComponent(task.task_id)}`, 'data-task': task.task_id, 'data-testid': 'recent-task' },
    h('span', { class: 'recent-input', dir: 'auto' }, plain(task.input).slice(0, 160)),
    h('span', { class: 'recent-facts' }, statusChip(task.status), h('time', { datetime: task.created_at }, time(task.created_at))));
  markRow(link, current);
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(task.task_id);
  });
  return h('li', {}, link);
}

const empty = (status) => h('li', { class: 'empty', 'data-testid': 'recent-empty' }, status ? `No task is ${status}.` : 'No tasks yet. The first one that you run appears here.');
