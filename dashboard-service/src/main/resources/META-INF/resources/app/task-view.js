// One task, live: followed by its events, resumed behind the last one when the stream breaks.
import { announce, byId, h, setText } from './dom.js';
import { modelChip, offlineNote, setStatus, statusChip } from './chips.js';
import { cost, count, duration, isFinal, isOffline, plain, statusWord, time } from './format.js';
import { request } from './http.js';
import { showMarkdown } from './markdown.js';
import { problemNotice } from './problem.js';
import { follow } from './sse.js';
import { newTimeline } from './timeline.js';

const EXAMPLES = [
  'What is 17.5% of 2,480, how many days until 2027-03-01, and how many words has this sentence?',
  'What time is it in Tokyo, and how many hours is that ahead of London?',
  'How many words and sentences has “The quick brown fox. It jumps.”?',
];

const CANCELLABLE = new Set(['created', 'queued', 'running', 'waiting', 'retrying']);

/** Makes the task's place work. `onChange` is told when a task's status changed, `onTemplate` when it is to be changed and run anew. */
export function startTaskView({ onChange, onTemplate, onExample }) {
  const place = byId('task-view');
  let following = new AbortController();

  const showNothing = () => {
    following.abort();
    place.replaceChildren(h('div', { class: 'nothing', 'data-testid': 'task-nothing' },
      h('h2', {}, 'No task open'),
      h('p', {}, 'Write what is to be done and choose the tools that it may use. Each model turn and each tool call appears here as it happens.'),
      h('ul', { class: 'examples', 'aria-label': 'Examples' }, EXAMPLES.map((example) => h('li', {},
        h('button', { type: 'button', class: 'quiet', 'data-testid': 'example', on: { click: () => onExample(example) } }, example))))));
  };

  const open = async (id) => {
    following.abort();
    following = new AbortController();
    const { signal } = following;
    place.replaceChildren(h('p', { class: 'loading' }, 'Loading the task'));
    const path = `api/task/${encodeURIComponent(id)}`;
    try {
      const task = await request(path, { signal });
      const view = newView(task, { onChange, onTemplate });
      place.replaceChildren(view.element);
      if (!isFinal(task.status)) followTask(path, view, signal);
    } catch (failure) {
      if (!signal.aborted) place.replaceChildren(problemNotice(failure, () => open(id)));
    }
  };

  showNothing();
  return { open, close: showNothing };
}

function followTask(path, view, signal) {
  const finish = async () => {
    try {
      view.finished(await request(path, { signal }));
    } catch (failure) {
      if (!signal.aborted) view.lost(failure);
    }
  };
  follow(`${path}/events`, {
    signal,
    onOpen: () => view.lost(null),
    onLost: (failure) => view.lost(failure ?? new TypeError('ended')),
    onRefused: (failure) => view.lost(failure),
    onEnd: finish,
    onEvent: ({ event, data }) => {
      if (event === 'step.started' || event === 'step.finished') view.step(data.step);
      else if (event === 'model.delta') view.delta(data.step, data.text);
      else if (event === 'snapshot') view.show(data.task);
      else if (event.startsWith('task.')) {
        if (data.task) view.finished(data.task);
        else view.status(data.status);
        return isFinal(data.status);
      }
      return false;
    },
  });
}

function newView(task, { onChange, onTemplate }) {
  let current = task;
  const chip = statusChip(task.status);
  const model = h('span', {});
  const run = h('button', { type: 'button', class: 'primary', 'data-testid': 'task-run' }, 'Run');
  const cancel = h('button', { type: 'button', 'data-testid': 'task-cancel' }, 'Cancel');
  const again = h('button', { type: 'button', 'data-testid': 'task-template', on: { click: () => onTemplate(current) } }, 'Change and run again');
  const trouble = h('div', { class: 'stream-trouble', role: 'status' });
  const facts = h('dl', { class: 'facts-list', 'data-testid': 'task-facts' });
  const outcome = h('section', { class: 'outcome', 'aria-label': 'Result', 'data-testid': 'task-result', hidden: true });
  const timeline = newTimeline();
  const input = h('p', { class: 'task-input', dir: 'auto', 'data-testid': 'task-shown-input' }, plain(task.input).slice(0, 4000));

  const act = (button, action) => button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const answer = await request(`api/task/${encodeURIComponent(task.task_id)}/${action}`, { method: 'POST' });
      if (isFinal(answer.status)) view.finished(answer);
      else if (!isFinal(current.status)) view.status(answer.status);
    } catch (failure) {
      trouble.replaceChildren(problemNotice(failure));
      button.disabled = false;
    }
  });
  act(run, 'run');
  act(cancel, 'cancel');

  const showState = () => {
    setStatus(chip, current.status);
    model.replaceChildren(...[modelChip(current.model)].filter(Boolean));
    run.hidden = current.status !== 'created';
    cancel.hidden = isFinal(current.status);
    cancel.disabled = !CANCELLABLE.has(current.status);
    setText(cancel, current.status === 'cancelling' ? 'Cancelling' : 'Cancel');
    facts.replaceChildren(...taskFacts(current));
    timeline.live(!isFinal(current.status), current.status === 'created');
    if (isFinal(current.status)) showOutcome(outcome, current);
  };

  const view = {
    element: h('article', { class: 'task', 'data-testid': 'task', 'data-task': task.task_id },
      h('header', { class: 'task-head' },
        h('div', { class: 'task-title' }, chip, model, h('code', { class: 'task-id', 'data-testid': 'task-id' }, plain(task.task_id))),
        h('div', { class: 'task-actions' }, run, cancel, again)),
      input, facts, trouble, outcome, timeline.element),
    show(whole) {
      current = { ...current, ...whole };
      (whole.steps ?? []).forEach((step) => timeline.step(step));
      showState();
    },
    status(status) {
      if (current.status === status) return;
      current = { ...current, status };
      showState();
      onChange();
    },
    finished(whole) {
      const moved = current.status !== whole.status;
      view.show(whole);
      trouble.replaceChildren();
      if (moved) {
        announce(`Task ${statusWord(whole.status).toLowerCase()}`);
        onChange();
      }
    },
    step(step) {
      timeline.step(step);
      if (step.model_used && step.model_used !== current.model) {
        current = { ...current, model: step.model_used };
        showState();
      }
    },
    delta: (step, text) => timeline.delta(step, text),
    lost(failure) {
      if (failure === null) trouble.replaceChildren();
      else if (failure.code && failure.code !== 'upstream_unavailable') trouble.replaceChildren(problemNotice(failure));
      else trouble.replaceChildren(h('p', { class: 'notice', 'data-testid': 'task-reconnecting' }, 'Connection lost. The task goes on; reconnecting.'));
    },
  };
  view.show(task);
  return view;
}

function taskFacts(task) {
  const usage = task.usage ?? {};
  const pairs = [
    ['Created', time(task.created_at)],
    ['Priority', statusOf(task.priority)],
    ['Tools', task.tools?.length ? task.tools.map(plain).join(', ') : 'none'],
    task.attempt > 1 ? ['Attempt', count(task.attempt)] : null,
    task.response_time !== undefined ? ['Time', duration(task.response_time)] : null,
    usage.model_calls !== undefined ? ['Model turns', count(usage.model_calls)] : null,
    usage.tool_calls !== undefined ? ['Tool calls', count(usage.tool_calls)] : null,
    usage.input_tokens !== undefined ? ['Tokens in / out', `${count(usage.input_tokens)} / ${count(usage.output_tokens)}`] : null,
    usage.cost_usd !== undefined ? ['Cost', cost(usage.cost_usd)] : null,
    task.retry_at ? ['Tries again', time(task.retry_at)] : null,
  ];
  return pairs.filter(Boolean).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)));
}

const statusOf = (word) => (word ? word[0].toUpperCase() + word.slice(1) : 'Normal');

function showOutcome(outcome, task) {
  const parts = [];
  if (task.error) {
    parts.push(h('div', { class: 'notice notice-bad', 'data-testid': 'task-error' },
      h('strong', {}, plain(task.error.message)), h('p', { class: 'facts' }, plain(task.error.code))));
  }
  if (task.result !== undefined) {
    const body = h('div', { 'data-testid': 'task-result-body' });
    showMarkdown(body, task.result);
    parts.push(body);
    if (isOffline(task.model)) parts.push(offlineNote());
  }
  if (task.status === 'cancelled' && !task.error) {
    parts.push(h('p', { class: 'empty' }, 'The task was cancelled before it had a result.'));
  }
  outcome.replaceChildren(h('h3', {}, 'Result'), ...parts);
  outcome.hidden = parts.length === 0;
}
