// What a task did, step by step: model turns and tool calls, with how long each took and when.
import { modelWords, setStatus, statusChip } from './chips.js';
import { h, setText } from './dom.js';
import { cost, count, duration, isFinal, plain, pretty, time, tokensRead, tokensWritten } from './format.js';
import { codeBlock, growingMarkdown, showMarkdown } from './markdown.js';
import { may } from './person.js';
import { errorWords } from './problem.js';

const SVG = 'http://www.w3.org/2000/svg';

/** Whether the step was taken by the task that this one runs again. */
export const isTakenOver = (step) => step.attempt === 0;

/**
 * An empty timeline. `onAgain` is told the button and the step where its task is to be run again from that step. Returns
 * {element, step, losses, delta, live, asked, steps}.
 */
export function newTimeline(onAgain) {
  const list = h('ol', { class: 'steps', 'data-testid': 'timeline' });
  const waiting = h('p', { class: 'empty', 'data-testid': 'timeline-empty' }, 'No step yet.');
  const element = h('section', { class: 'timeline', 'aria-label': 'Timeline' }, h('h3', {}, 'Timeline'), waiting, list);
  const entries = new Map();
  let ticking = null;
  let taskStatus = 'created';
  let asked;
  let losses = [];

  const placeLosses = () => {
    list.querySelectorAll('.loss').forEach((old) => old.remove());
    for (const loss of losses) {
      // why: a step belongs to the last attempt that took it
      const after = [...entries.keys()].sort((a, b) => a - b).find((number) => entries.get(number).step().attempt > loss.attempt);
      list.insertBefore(lossRow(loss), after === undefined ? null : entries.get(after).element);
    }
    waiting.hidden = entries.size + losses.length > 0;
  };

  const drawBars = () => {
    // why: what was taken over may be days old
    const own = [...entries.values()].filter((entry) => !isTakenOver(entry.step()));
    const spans = own.map((entry) => entry.span());
    const start = Math.min(...spans.map((span) => span.from));
    const end = Math.max(...spans.map((span) => span.to), start + 1);
    own.forEach((entry) => entry.bar(start, end));
  };

  const entryOf = (number, kind) => {
    if (!entries.has(number)) {
      const entry = newEntry(number, kind, onAgain);
      entry.taskIs(taskStatus);
      entry.asked(asked);
      entries.set(number, entry);
      const after = [...entries.keys()].filter((other) => other > number).sort((a, b) => a - b)[0];
      list.insertBefore(entry.element, after === undefined ? null : entries.get(after).element);
      waiting.hidden = true;
    }
    return entries.get(number);
  };

  return {
    element,
    step(step) {
      entryOf(step.step, step.kind).show(step);
      if (losses.length) placeLosses();
      drawBars();
    },
    /** Shows when the task was taken away from a worker. */
    losses(all) {
      losses = all;
      placeLosses();
    },
    delta(number, text) {
      entryOf(number, 'model').delta(text);
    },
    /** The steps as they are known. */
    steps: () => [...entries.values()].map((entry) => entry.step()),
    /** Says which model the task asked for. */
    asked(name) {
      asked = name;
      entries.forEach((entry) => entry.asked(name));
    },
    live(status) {
      taskStatus = status;
      const running = !isFinal(status);
      entries.forEach((entry) => entry.taskIs(status));
      setText(waiting, status === 'created' ? 'Not run yet.' : running ? 'Waiting for the first step.' : 'The task took no step.');
      element.classList.toggle('is-live', running);
      if (running) {
        ticking ??= setInterval(() => { if (element.isConnected && entries.size) drawBars(); }, 500);
      } else {
        clearInterval(ticking);
        ticking = null;
        if (entries.size) drawBars();
      }
    },
  };
}

const LOSSES = { worker_lost: 'Taken from a worker that died', step_overdue: 'Taken from a worker that was stuck in a step' };

const lossRow = (loss) => h('li', { class: 'loss', 'data-testid': 'loss' },
  h('strong', {}, LOSSES[loss.reason] ?? 'Taken from its worker'), ' ',
  h('span', { class: 'step-meta' }, [`attempt ${count(loss.attempt)}`, time(loss.at), plain(loss.worker)].join(' · ')));

// why: a step that has no end yet does what its task does
const UNFINISHED = new Set(['queued', 'retrying', 'waiting', 'failed', 'cancelled']);

function newEntry(number, kind, onAgain) {
  let current = { step: number, kind, status: 'running', started_at: new Date().toISOString() };
  let taskStatus = 'running';
  let askedByTask;
  let askedInTurn;
  let growing = null;
  const title = h('span', { class: 'step-title' });
  const meta = h('span', { class: 'step-meta' });
  const label = h('span', { class: 'models' });
  const chip = statusChip('running');
  const rect = document.createElementNS(SVG, 'rect');
  rect.setAttribute('height', '4');
  rect.setAttribute('rx', '2');
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'bar');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(rect);
  const streamed = h('div', { class: 'streamed', hidden: true });
  const body = h('div', { class: 'step-body' });
  const again = h('button', { type: 'button', class: 'quiet again', hidden: true, 'aria-label': `Run again from step ${number}`, 'data-testid': 'step-again' }, 'Run again from here');
  again.addEventListener('click', () => onAgain(again, number));
  const element = h('li', { class: 'step', 'data-kind': kind, 'data-step': number, 'data-testid': `step-${kind}` },
    h('div', { class: 'step-head' }, title, label, meta, chip), svg, streamed, body, again);

  const showStatus = () => {
    const status = current.status === 'running' && UNFINISHED.has(taskStatus) ? taskStatus : current.status;
    element.dataset.status = status;
    setStatus(chip, status);
  };
  const showModel = () => {
    if (current.kind !== 'model') return;
    label.replaceChildren(...modelWords(current.model_used, current.status === 'succeeded' ? askedInTurn ?? askedByTask : undefined));
  };
  const endStream = () => {
    growing?.stop();
    growing = null;
    streamed.hidden = true;
    streamed.replaceChildren();
  };

  return {
    element,
    step: () => current,
    span: () => {
      const from = Date.parse(current.started_at) || Date.now();
      const open = current.status === 'running' && !isFinal(taskStatus);
      return { from, to: Date.parse(current.finished_at) || (open ? Date.now() : from) };
    },
    bar(start, end) {
      const { from, to } = this.span();
      const width = Math.max(0.6, (100 * (to - from)) / (end - start));
      rect.setAttribute('x', `${Math.min(100 - width, (100 * (from - start)) / (end - start))}%`);
      rect.setAttribute('width', `${width}%`);
    },
    delta(text) {
      if (current.status !== 'running') return;
      streamed.hidden = false;
      growing ??= growingMarkdown(streamed);
      growing.add(text);
    },
    asked(name) {
      askedByTask = name;
      showModel();
    },
    taskIs(status) {
      taskStatus = status;
      again.hidden = !may('tasks:write') || !isFinal(status);
      showStatus();
    },
    show(step) {
      // why: a replay tells of the start of a step that is known to have ended
      if (current.status !== 'running' && step.status === 'running' && step.attempt === current.attempt) return;
      // why: what an attempt wrote that came to nothing is written anew
      if (step.status !== 'running' || (current.attempt !== undefined && step.attempt !== current.attempt)) endStream();
      current = step;
      if (step.status === 'running') askedInTurn = step.model_used;
      showStatus();
      showModel();
      setText(title, step.kind === 'tool' ? plain(step.tool_name) : 'Model turn');
      svg.classList.toggle('is-elsewhere', isTakenOver(step));
      setText(meta, metaOf(step));
      body.replaceChildren(...(step.kind === 'tool' ? toolBody(step) : modelBody(step)));
    },
  };
}

function metaOf(step) {
  const took = step.duration ?? step.execution_time;
  return [
    isTakenOver(step) ? 'taken over' : '',
    step.attempt > 1 ? `attempt ${count(step.attempt)}` : '',
    took === undefined ? '' : duration(took),
    step.usage ? `${tokensRead(step.usage)} → ${tokensWritten(step.usage)} tokens` : '',
    step.usage?.cost_usd > 0 ? cost(step.usage.cost_usd) : '',
  ].filter(Boolean).join(' · ');
}

function modelBody(step) {
  const parts = [];
  if (step.left_out_characters > 0) {
    parts.push(h('p', { class: 'hint', 'data-testid': 'left-out' },
      `${count(step.left_out_characters)} characters of earlier results were left out to fit the context window.`));
  }
  if (step.text) {
    const text = h('div', { class: 'step-text' });
    showMarkdown(text, step.text);
    parts.push(text);
  }
  if (step.tool_calls?.length) {
    parts.push(h('p', { class: 'asks-for' }, 'Asks for ', ...step.tool_calls.flatMap((call, index) => [index ? ', ' : '', h('code', {}, plain(call.tool_name))])));
  }
  if (step.error) parts.push(h('div', { class: 'notice notice-bad', 'data-testid': 'step-error' }, errorWords(step.error, false)));
  return [...parts, ...truncation(step)];
}

function toolBody(step) {
  const output = step.output_data;
  return [
    h('div', { class: 'exchange' },
      h('div', {}, h('h4', {}, 'Arguments'), codeBlock(pretty(step.input_data ?? '{}'), 'Arguments')),
      h('div', { class: step.status === 'failed' ? 'is-bad' : '' },
        h('h4', {}, step.status === 'failed' ? 'Failure' : 'Result'),
        output === undefined ? h('p', { class: 'loading' }, step.status === 'unknown' ? 'Nobody knows' : 'No result yet') : codeBlock(pretty(output), 'Result'))),
    ...truncation(step),
  ];
}

const truncation = (step) => (step.truncated ? [h('p', { class: 'hint' }, 'The journal keeps only the beginning of this entry.')] : []);
