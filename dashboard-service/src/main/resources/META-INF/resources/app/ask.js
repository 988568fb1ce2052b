// The ask form: an answer is shown as it is written, and stopping or leaving cancels it.
import { modelWords, offlineNote } from './chips.js';
import { announce, byId, h } from './dom.js';
import { cost, duration, isOffline, plain, time, tokensRead, tokensWritten } from './format.js';
import { Problem } from './http.js';
import { growingMarkdown, showMarkdown } from './markdown.js';
import { startModelPicker } from './models.js';
import { clearFormProblem, problemNotice, showFormProblem } from './problem.js';
import { openStream } from './sse.js';
import { submitOnCtrlEnter } from './task-form.js';

/** Makes the form work. Returns {recover}. */
export function startAsk() {
  const form = byId('ask-form');
  const answers = byId('answers');
  const submit = form.querySelector('[type=submit]');
  const stop = byId('ask-cancel');
  const models = startModelPicker('ask', 'api/ask/model');
  let running = null;

  const nothing = h('div', { class: 'nothing', 'data-testid': 'ask-nothing' },
    h('h2', {}, 'Nothing asked yet'), h('p', {}, 'The answer appears here while it is written.'));
  answers.append(nothing);

  const busy = (isBusy) => {
    submit.disabled = isBusy;
    submit.textContent = isBusy ? 'Answering' : 'Ask';
    stop.hidden = !isBusy;
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (running) return;
    clearFormProblem(form);
    const query = form.elements.query.value;
    const card = newAnswer(query, models.expected());
    running = new AbortController();
    busy(true);
    try {
      const events = await openStream('api/ask', { method: 'POST', body: { query, model: models.chosen() }, signal: running.signal });
      nothing.remove();
      answers.prepend(card.element);
      await readAnswer(events, card);
      announce('Answered');
    } catch (failure) {
      if (running.signal.aborted) {
        card.stopped();
        if (!card.element.isConnected) answers.prepend(card.element);
        nothing.remove();
      } else if (card.element.isConnected) {
        card.failed(failure);
      } else {
        showFormProblem(form, failure);
        if (failure.code === 'unknown_model') models.load();
      }
    } finally {
      running = null;
      busy(false);
    }
  });
  stop.addEventListener('click', () => running?.abort());
  submitOnCtrlEnter(form);
  busy(false);
  return { recover: models.recover };
}

async function readAnswer(events, card) {
  for await (const { event, data } of events ?? []) {
    if (event === 'delta' && data) card.delta(data.text ?? '');
    else if (event === 'response' && data) return card.done(data);
    else if (event === 'error') throw new Problem(data ?? {});
  }
  throw new Problem({ code: 'upstream_unavailable', title: 'The answer broke off', detail: 'The stream ended before the answer was whole. Ask again.' });
}

function newAnswer(query, asked) {
  const started = performance.now();
  const state = h('span', { class: 'chip', 'data-status': 'running', 'data-testid': 'answer-status' }, 'Answering');
  const model = h('span', { class: 'models' }, ...modelWords(asked));
  const text = h('div', { 'data-testid': 'answer-text' });
  const foot = h('footer', { class: 'answer-foot', 'data-testid': 'answer-facts' });
  const element = h('article', { class: 'answer', 'data-testid': 'answer', 'aria-busy': 'true' },
    h('p', { class: 'task-input', dir: 'auto' }, plain(query).slice(0, 4000)),
    h('div', { class: 'task-title' }, state, model), text, foot);
  const growing = growingMarkdown(text);

  const end = (status, word) => {
    state.dataset.status = status;
    state.textContent = word;
    element.removeAttribute('aria-busy');
  };

  return {
    element,
    delta: (more) => growing.add(more),
    done(response) {
      growing.stop();
      showMarkdown(text, response.response);
      end('succeeded', 'Answered');
      model.replaceChildren(...modelWords(response.model_used, asked));
      const usage = response.usage ?? {};
      foot.append(...[
        duration(response.response_time),
        `${tokensRead(usage)} → ${tokensWritten(usage)} tokens`,
        cost(usage.cost_usd),
        time(response.created_at),
      ].map((fact) => h('span', {}, fact)));
      if (isOffline(response.model_used)) text.after(offlineNote());
    },
    failed(failure) {
      growing.stop();
      end('failed', 'Failed');
      text.after(problemNotice(failure));
    },
    stopped() {
      growing.stop();
      end('cancelled', 'Stopped');
      foot.append(h('span', {}, `stopped after ${duration((performance.now() - started) / 1000)}`));
    },
  };
}
