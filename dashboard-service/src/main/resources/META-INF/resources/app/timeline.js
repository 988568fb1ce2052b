// What a task did, step by step: model turns and tool calls, with how long each took and when.
import { modelChip, setStatus, statusChip } from './chips.js';
import { h, setText } from './dom.js';
import { count, duration, plain, pretty } from './format.js';
import { codeBlock, growingMarkdown, showMarkdown } from './markdown.js';

const SVG = 'http://www.w3.org/2000/svg';

/** An empty timeline. Returns {element, step, delta, live}. */
export function newTimeline() {
  const list = h('ol', { class: 'steps', 'data-testid': 'timeline' });
  const waiting = h('p', { class: 'empty', 'data-testid': 'timeline-empty' }, 'No step yet.');
  const element = h('section', { class: 'timeline', 'aria-label': 'Timeline' }, h('h3', {}, 'Timeline'), waiting, list);
  const entries = new Map();
  let ticking = null;

  const drawBars = () => {
    const spans = [...entries.values()].map((entry) => entry.span());
    const start = Math.min(...spans.map((span) => span.from));
    const end = Math.max(...spans.map((span) => span.to), start + 1);
    entries.forEach((entry) => entry.bar(start, end));
  };

  const entryOf = (number, kind) => {
    if (!entries.has(number)) {
      const entry = newEntry(number, kind);
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
      drawBars();
    },
    delta(number, text) {
      entryOf(number, 'model').delta(text);
    },
    live(running, created) {
      setText(waiting, created ? 'Not run yet.' : running ? 'Waiting for the first step.' : 'The task took no step.');
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

function newEntry(number, kind) {
  let current = { step: number, kind, status: 'running', started_at: new Date().toISOString() };
  let growing = null;
  const title = h('span', { class: 'step-title' });
  const meta = h('span', { class: 'step-meta' });
  const label = h('span', { class: 'step-model' });
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
  const element = h('li', { class: 'step', 'data-kind': kind, 'data-step': number, 'data-testid': `step-${kind}` },
    h('div', { class: 'step-head' }, title, label, meta, chip), svg, streamed, body);

  return {
    element,
    span: () => ({
      from: Date.parse(current.started_at) || Date.now(),
      to: Date.parse(current.finished_at) || (current.status === 'running' ? Date.now() : Date.parse(current.started_at) || Date.now()),
    }),
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
    show(step) {
      // why: a replay tells of the start of a step that is known to have ended
      if (current.status !== 'running' && step.status === 'running' && step.attempt === current.attempt) return;
      current = step;
      element.dataset.status = step.status;
      setStatus(chip, step.status);
      setText(title, step.kind === 'tool' ? plain(step.tool_name) : 'Model turn');
      label.replaceChildren(...[step.kind === 'model' ? modelChip(step.model_used) : null].filter(Boolean));
      setText(meta, metaOf(step));
      if (step.status !== 'running') {
        growing?.stop();
        growing = null;
        streamed.hidden = true;
        streamed.replaceChildren();
      }
      body.replaceChildren(...(step.kind === 'tool' ? toolBody(step) : modelBody(step)));
    },
  };
}

function metaOf(step) {
  const took = step.duration ?? step.execution_time;
  return [
    step.attempt > 1 ? `attempt ${count(step.attempt)}` : '',
    took === undefined ? '' : duration(took),
    step.usage ? `${count(step.usage.input_tokens)} → ${count(step.usage.output_tokens)} tokens` : '',
  ].filter(Boolean).join(' · ');
}

function modelBody(step) {
  const parts = [];
  if (step.text) {
    const text = h('div', { class: 'step-text' });
    showMarkdown(text, step.text);
    parts.push(text);
  }
  if (step.tool_calls?.length) {
    parts.push(h('p', { class: 'asks-for' }, 'Asks for ', ...step.tool_calls.flatMap((call, index) => [index ? ', ' : '', h('code', {}, plain(call.tool_name))])));
  }
  if (step.error) parts.push(h('p', { class: 'field-error' }, plain(step.error.message ?? step.error)));
  return [...parts, ...truncation(step)];
}

function toolBody(step) {
  const output = step.output_data;
  return [
    h('div', { class: 'exchange' },
      h('div', {}, h('h4', {}, 'Arguments'), codeBlock(pretty(step.input_data ?? '{}'), 'Arguments')),
      h('div', { class: step.status === 'failed' ? 'is-bad' : '' },
        h('h4', {}, step.status === 'failed' ? 'Failure' : 'Result'),
        output === undefined ? h('p', { class: 'loading' }, 'Running') : codeBlock(pretty(output), 'Result'))),
    ...truncation(step),
  ];
}

const truncation = (step) => (step.truncated ? [h('p', { class: 'hint' }, 'The journal keeps only the beginning of this entry.')] : []);
