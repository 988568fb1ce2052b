// The statistics band: both services, live, and honest about figures that are not.
import { byId, h, setText } from './dom.js';
import { cost, count, duration, NOTHING, percent, shortCount, since, statusWord, time } from './format.js';
import { follow } from './sse.js';

// why from there: two figures share the place of one
const tokens = (stats) => `${shortCount(stats.input_tokens, 10_000)} / ${shortCount(stats.output_tokens, 10_000)}`;

const COUNTERS = [
  ['queries_processed', 'Processed', (stats) => shortCount(stats.queries_processed)],
  ['successful_queries', 'Succeeded', (stats) => shortCount(stats.successful_queries)],
  ['failed_queries', 'Failed', (stats) => shortCount(stats.failed_queries)],
  ['total_response_time', 'Total time', (stats) => duration(stats.total_response_time)],
  ['active_sessions', 'Active sessions', (stats) => count(stats.active_sessions)],
  ['session_start_time', 'Counting since', (stats) => since(stats.session_start_time)],
];

const DERIVED = [
  ['success_rate', 'Success rate', (stats) => percent(stats.success_rate)],
  ['average_response_time', 'Average', (stats) => duration(stats.average_response_time)],
  ['p50_response_time', 'p50', (stats) => duration(stats.p50_response_time)],
  ['p95_response_time', 'p95', (stats) => duration(stats.p95_response_time)],
  ['tokens', 'Tokens in / out', tokens],
  ['cost_usd', 'Cost', (stats) => cost(stats.cost_usd)],
];

const OF_TASKS = [
  ['queue_depth', 'Queue depth', (stats) => count(stats.queue_depth)],
  ['oldest_queued_age', 'Oldest waiting', (stats) => (stats.queue_depth > 0 ? duration(stats.oldest_queued_age) : NOTHING)],
  ['tool_calls', 'Tool calls', (stats) => count(stats.tool_calls)],
];

const STATES = ['queued', 'running', 'waiting', 'retrying', 'cancelling', 'succeeded', 'failed', 'cancelled', 'created'];

/** Shows the statistics in the page; `onChange` is told of which service, reached, they changed. */
export function startStats(onChange) {
  const boards = {
    'custom-mcp': board('custom-mcp', 'Tasks', 'custom-mcp-service', [...DERIVED, ...OF_TASKS]),
    'public-mcp': board('public-mcp', 'Questions', 'public-mcp-service', DERIVED),
  };
  byId('stats').append(...Object.values(boards).map((each) => each.element));

  const watch = () => {
    const stop = new AbortController();
    follow('api/stats', {
      signal: stop.signal,
      onEvent: ({ event, data }) => {
        if (event === 'stats') {
          boards[data.service]?.show(data);
          if (data.reachable) onChange(data.service);
        }
        return false;
      },
      onLost: () => Object.values(boards).forEach((each) => each.lost('This page lost its server')),
    });
    return stop;
  };

  // why: a hidden page watches nothing, so it holds no stream
  let watching = watch();
  document.addEventListener('visibilitychange', () => {
    watching.abort();
    if (!document.hidden) watching = watch();
  });
  setInterval(() => Object.values(boards).forEach((each) => each.tick()), 1000);
}

function board(service, title, subtitle, derived) {
  const figures = new Map();
  const figure = ([name, label]) => {
    const value = h('dd', { 'data-stat': name, 'data-testid': `${service}-${name}` }, NOTHING);
    figures.set(name, value);
    return h('div', {}, h('dt', {}, label), value);
  };
  const link = h('span', { class: 'link', 'data-link': 'connecting', 'data-testid': `${service}-link` }, 'Connecting');
  const states = h('ul', { class: 'states', 'aria-label': 'Tasks by state', 'data-testid': `${service}-states` });
  const element = h('article', { class: 'board', 'data-service': service, 'data-testid': `stats-${service}` },
    h('header', {}, h('h2', {}, title), h('span', { class: 'service' }, subtitle), link),
    h('dl', { class: 'counters' }, COUNTERS.map(figure)),
    h('dl', { class: 'derived' }, derived.map(figure)),
    service === 'custom-mcp' ? states : null);

  let receivedAt = null;
  let age = 0;
  let trouble = '';

  const say = () => {
    const old = receivedAt === null ? null : age + (Date.now() - receivedAt) / 1000;
    if (trouble) {
      element.dataset.stale = '';
      link.dataset.link = 'lost';
      setText(link, old === null ? trouble : `${trouble} · figures ${duration(Math.floor(old))} old`);
    } else if (receivedAt !== null) {
      delete element.dataset.stale;
      link.dataset.link = 'live';
      setText(link, 'Live');
    }
  };

  return {
    element,
    tick: say,
    lost(why) {
      trouble = why;
      say();
    },
    show({ reachable, stats, age: seconds }) {
      trouble = reachable ? '' : 'Service unreachable';
      if (stats) {
        figures.get('session_start_time').title = time(stats.session_start_time);
        figures.get('tokens').title = `${count(stats.input_tokens)} / ${count(stats.output_tokens)}`;
        receivedAt = Date.now();
        age = seconds ?? 0;
        [...COUNTERS, ...derived].forEach(([name, , text]) => flash(figures.get(name), text(stats)));
        showStates(states, stats.tasks ?? {});
      }
      say();
    },
  };
}

function flash(element, text) {
  if (element.textContent === text) return;
  const first = element.textContent === NOTHING;
  element.textContent = text;
  if (!first && element.dataset.stat !== 'oldest_queued_age') {
    element.classList.remove('changed');
    requestAnimationFrame(() => element.classList.add('changed'));
  }
}

function showStates(list, tasks) {
  const present = STATES.filter((state) => tasks[state] > 0);
  const wanted = present.map((state) => `${state}:${tasks[state]}`).join();
  if (list.dataset.shown !== wanted) {
    list.dataset.shown = wanted;
    list.replaceChildren(...present.map((state) => h('li', { class: 'chip', 'data-status': state }, `${count(tasks[state])} ${statusWord(state).toLowerCase()}`)));
  }
}
