// One task, live: followed by its events, resumed behind the last one when the stream breaks.
import { announce, byId, h, setText } from './dom.js';
import { modelWords, offlineNote, setStatus, statusChip } from './chips.js';
import { cost, count, duration, isFinal, isOffline, plain, statusWord, time, tokensRead, tokensWritten } from './format.js';
import { newDecision } from './decision.js';
import { newKey, request } from './http.js';
import { showMarkdown } from './markdown.js';
import { errorWords, problemNotice } from './problem.js';
import { follow } from './sse.js';
import { newPause } from './pause.js';
import { may } from './person.js';
import { isTakenOver, newTimeline } from './timeline.js';

const EXAMPLES = [
  'What is 17.5% of 2,480, how many days until 2027-03-01, and how many words has this sentence?',
  'What time is it in Tokyo, and how many hours is that ahead of London?',
  'How many words and sentences has “The quick brown fox. It jumps.”?',
];

const PAUSES = new Set(['retrying', 'waiting']);
const CANCELLABLE = new Set(['created', 'queued', 'running', 'waiting', 'retrying']);

/**
 * Makes the task's place work. `onChange` is told when a task's status changed, `onTemplate` when it is to be changed and
 * run anew, with the model that it asked for or that answered, `onOpen` the id of another task to be shown.
 */
export function startTaskView({ onChange, onTemplate, onExample, onOpen }) {
  const place = byId('task-view');
  let following = new AbortController();

  const showNothing = () => {
    following.abort();
    place.replaceChildren(h('div', { class: 'nothing', 'data-testid': 'task-nothing' },
      h('h2', {}, 'No task open'),
      h('p', {}, may('tasks:write')
        ? 'Write what is to be done and choose the tools that it may use. Each model turn and each tool call appears here as it happens.'
        : 'Open a task from the list: each model turn and each tool call appears here as it happens.'),
      may('tasks:write') && h('ul', { class: 'examples', 'aria-label': 'Examples' }, EXAMPLES.map((example) => h('li', {},
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
      const view = newView(task, { onChange, onTemplate, onOpen });
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
  // why: an event tells of the pause alone, the task of its end and its reason
  const explainPause = async (status) => {
    try {
      view.paused(await request(path, { signal }), status);
    } catch {
      // the pause is shown without its reason
    }
  };
  // why: an event tells that a task is queued once more, the task whom it was taken from
  const explainLoss = async () => {
    try {
      view.lossesAre((await request(path, { signal })).losses);
    } catch {
      // the losses are shown with what is read of the task next
    }
  };
  follow(`${path}/events`, {
    signal,
    onOpen: () => view.lost(null),
    onLost: (failure) => view.lost(failure ?? new TypeError('ended')),
    onRefused: (failure) => view.lost(failure),
    onEnd: finish,
    onEvent: ({ event, data }) => {
      // why: a step that is to begin anew is told of without its content
      if (event === 'step.started' || event === 'step.finished') { if (data.step) view.step(data.step); }
      else if (event === 'model.delta') view.delta(data.step, data.text);
      else if (event === 'snapshot') view.show(data.task);
      else if (event.startsWith('task.')) {
        if (data.task) view.finished(data.task);
        else view.status(data.status);
        if (PAUSES.has(data.status)) explainPause(data.status);
        if (data.status === 'queued' && data.attempt > 0) explainLoss();
        return isFinal(data.status);
      }
      return false;
    },
  });
}

function newView(task, { onChange, onTemplate, onOpen }) {
  let current = task;
  let asked;
  const chip = statusChip(task.status);
  const model = h('span', { class: 'models' });
  const run = h('button', { type: 'button', class: 'primary', 'data-testid': 'task-run' }, 'Run');
  const cancel = h('button', { type: 'button', 'data-testid': 'task-cancel' }, 'Cancel');
  const retry = h('button', { type: 'button', 'data-testid': 'task-retry', hidden: true, on: { click: () => runAgain(retry) } }, 'Run again');
  const again = h('button', { type: 'button', 'data-testid': 'task-template', on: { click: () => onTemplate(current, asked ?? current.model) } }, 'Change and run again');
  const trouble = h('div', { class: 'stream-trouble', role: 'status' });
  const pause = newPause();
  const facts = h('dl', { class: 'facts-list', 'data-testid': 'task-facts' });
  const outcome = h('section', { class: 'outcome', 'aria-label': 'Result', 'data-testid': 'task-result', hidden: true });
  const timeline = newTimeline((button, step) => runAgain(button, step));
  const decision = newDecision(async (step, decided, key) => {
    const answer = await request(`${path}/step/${step}/resolve`, { method: 'POST', body: decided, headers: { 'Idempotency-Key': key } });
    announce('Decided');
    view.element.focus();
    taken(answer);
  });
  const input = h('p', { class: 'task-input', dir: 'auto', 'data-testid': 'task-shown-input' }, plain(task.input).slice(0, 4000));

  const path = `api/task/${encodeURIComponent(task.task_id)}`;
  const taken = (answer) => {
    if (isFinal(answer.status)) view.finished(answer);
    else if (!isFinal(current.status)) view.status(answer.status);
  };
  const act = (button, action) => button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      taken(await request(`${path}/${action}`, { method: 'POST' }));
    } catch (failure) {
      trouble.replaceChildren(problemNotice(failure));
      button.disabled = false;
    }
  });
  // why kept: a click after an answer that was lost asks for the same task
  const keys = new Map();
  const runAgain = async (button, step) => {
    button.disabled = true;
    if (!keys.has(step)) keys.set(step, newKey());
    try {
      const made = await request(`${path}/retry`, { method: 'POST', body: step ? { from_step: step } : {}, headers: { 'Idempotency-Key': keys.get(step) } });
      keys.delete(step);
      announce('Task started again');
      onOpen(made.task_id);
    } catch (failure) {
      trouble.replaceChildren(problemNotice(failure));
      trouble.scrollIntoView({ block: 'nearest' });
    } finally {
      button.disabled = false;
    }
  };
  act(run, 'run');
  act(cancel, 'cancel');

  const showState = () => {
    setStatus(chip, current.status);
    const steps = timeline.steps();
    const answered = lastModel(steps);
    model.replaceChildren(...modelWords(answered ?? current.model, asked));
    run.hidden = !may('tasks:write') || current.status !== 'created';
    cancel.hidden = !may('tasks:write') || isFinal(current.status);
    retry.hidden = !may('tasks:write') || !isFinal(current.status);
    again.hidden = !may('tasks:write');
    cancel.disabled = !CANCELLABLE.has(current.status);
    setText(cancel, current.status === 'cancelling' ? 'Cancelling' : 'Cancel');
    facts.replaceChildren(...taskFacts(current, steps));
    timeline.live(current.status);
    pause.show(current);
    if (may('tasks:write')) decision.show(current, steps);
    if (isFinal(current.status)) showOutcome(outcome, current, answered ?? current.model);
  };

  const view = {
    element: h('article', { class: 'task', tabindex: -1, 'data-testid': 'task', 'data-task': task.task_id },
      h('header', { class: 'task-head' },
        h('div', { class: 'task-title' }, chip, model, h('code', { class: 'task-id', 'data-testid': 'task-id' }, plain(task.task_id))),
        h('div', { class: 'task-actions' }, run, cancel, retry, again)),
      ...[origin(task, onOpen), input].filter(Boolean), facts, trouble, pause.element, decision.element, outcome, timeline.element),
    show(whole) {
      // why: what is left out is no more, such as the reason of a pause
      current = { ...whole, steps: undefined };
      asked ??= askedFor(whole);
      timeline.asked(asked);
      (whole.steps ?? []).forEach((step) => timeline.step(step));
      timeline.losses(whole.losses ?? []);
      showState();
    },
    status(status) {
      if (current.status === status) return;
      current = { ...current, status, error: undefined, retry_at: undefined };
      showState();
      onChange();
    },
    paused(whole, status) {
      if (current.status === status && whole.status === status) view.show(whole);
    },
    lossesAre: (losses) => timeline.losses(losses ?? []),
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
      showState();
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

/** Says which task this one does again. */
function origin(task, onOpen) {
  if (!task.retry_of) return null;
  const link = h('a', { href: `?task=${encodeURIComponent(task.retry_of)}`, 'data-testid': 'task-retry-of' }, h('code', {}, plain(task.retry_of)));
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(task.retry_of);
  });
  return h('p', { class: 'origin' }, 'Runs again what was done in ', link);
}

const turns = (steps) => steps.filter((step) => step.kind === 'model');

/** The model that took the last turn, of those that came to something where there is one. */
const lastModel = (steps) => (turns(steps).findLast((step) => step.status === 'succeeded') ?? turns(steps).at(-1))?.model_used;

/**
 * The model that a task asked for; undefined where it asked for none or that cannot be told: a task that asked for none
 * names the model of its last turn.
 */
function askedFor(task) {
  const last = turns(task.steps ?? []).at(-1);
  return last?.model_used === task.model ? undefined : task.model;
}

/** What a task has used: as it says itself, and while it runs at least what its steps add up to. */
function usageOf(task, all) {
  // why: what was taken over from another task was paid for there
  const steps = all.filter((step) => !isTakenOver(step));
  const sum = (name) => steps.reduce((total, step) => total + (step.usage?.[name] ?? 0), 0);
  const most = (name, counted) => Math.max(task.usage?.[name] ?? 0, counted);
  return {
    model_calls: most('model_calls', turns(steps).filter((step) => step.status !== 'running').length),
    tool_calls: most('tool_calls', steps.filter((step) => step.kind === 'tool' && step.status !== 'running').length),
    input_tokens: most('input_tokens', sum('input_tokens')),
    output_tokens: most('output_tokens', sum('output_tokens')),
    cached_tokens: sum('cached_tokens'),
    thought_tokens: sum('thought_tokens'),
    cost_usd: most('cost_usd', sum('cost_usd')),
  };
}

function taskFacts(task, steps) {
  const usage = usageOf(task, steps);
  const pairs = [
    ['Created', time(task.created_at)],
    ['Priority', statusOf(task.priority)],
    ['Tools', task.tools?.length ? task.tools.map(plain).join(', ') : 'none'],
    task.attempt > 1 ? ['Attempt', count(task.attempt)] : null,
    task.deadline ? ['Deadline', time(task.deadline), 'task-deadline'] : task.timeout ? ['Time allowed', duration(task.timeout)] : null,
    task.response_time !== undefined ? ['Time', duration(task.response_time)] : null,
    ['Model turns', count(usage.model_calls)],
    ['Tool calls', count(usage.tool_calls)],
    ['Tokens in / out', `${tokensRead(usage)} / ${tokensWritten(usage)}`],
    ['Cost', cost(usage.cost_usd), 'task-cost'],
  ];
  return pairs.filter(Boolean).map(([name, value, testid]) => h('div', {}, h('dt', {}, name), h('dd', { 'data-testid': testid }, value)));
}

const statusOf = (word) => (word ? word[0].toUpperCase() + word.slice(1) : 'Normal');

function showOutcome(outcome, task, answered) {
  const parts = [];
  if (task.error) {
    parts.push(h('div', { class: 'notice notice-bad', 'data-testid': 'task-error' }, errorWords(task.error)));
  }
  if (task.result !== undefined) {
    const body = h('div', { 'data-testid': 'task-result-body' });
    showMarkdown(body, task.result);
    parts.push(body);
    if (isOffline(answered)) parts.push(offlineNote());
  }
  if (task.status === 'cancelled' && !task.error) {
    parts.push(h('p', { class: 'empty' }, 'The task was cancelled before it had a result.'));
  }
  outcome.replaceChildren(h('h3', {}, 'Result'), ...parts);
  outcome.hidden = parts.length === 0;
}
