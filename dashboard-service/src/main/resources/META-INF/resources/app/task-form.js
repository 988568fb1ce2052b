// The task form: what is to be done, with which tools, how urgently.
import { announce, byId, h } from './dom.js';
import { plain } from './format.js';
import { newKey, request } from './http.js';
import { clearFormProblem, problemNotice, showFormProblem } from './problem.js';

const SIDE_EFFECTS = { read_only: 'reads only', idempotent: 'safe to repeat', non_idempotent: 'has side effects' };

/** Makes the form work; `onRun` is told of the task that was created and queued. Returns {recover, write, fill}. */
export function startTaskForm(onRun) {
  const form = byId('task-form');
  const picker = byId('tool-picker');
  const submit = form.querySelector('[type=submit]');
  let failed = false;

  const load = async () => {
    picker.setAttribute('aria-busy', 'true');
    picker.replaceChildren(h('p', { class: 'loading' }, 'Loading the tools'));
    try {
      const known = (await request('api/tool')).items ?? [];
      failed = false;
      picker.replaceChildren(...(known.length ? known.map(choice) : [h('p', { class: 'empty' }, 'The service offers no tools. The model answers alone.')]));
    } catch (failure) {
      failed = true;
      picker.replaceChildren(problemNotice(failure, load));
    }
    picker.removeAttribute('aria-busy');
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    clearFormProblem(form);
    submit.disabled = true;
    submit.textContent = 'Starting';
    try {
      const task = await request('api/task', {
        method: 'POST',
        headers: { 'Idempotency-Key': newKey() },
        body: {
          input: form.elements.input.value,
          tools: [...picker.querySelectorAll('input:checked')].map((box) => box.value),
          priority: form.elements.priority.value,
        },
      });
      const queued = await request(`api/task/${encodeURIComponent(task.task_id)}/run`, { method: 'POST' });
      announce('Task started');
      onRun(queued ?? task);
    } catch (failure) {
      showFormProblem(form, failure);
    } finally {
      submit.disabled = false;
      submit.textContent = 'Run task';
    }
  });
  submitOnCtrlEnter(form);
  load();

  return {
    /** Loads what could not be loaded while the service was away. */
    recover() {
      if (failed) {
        failed = false;
        load();
      }
    },
    /** Puts an input into the form, to be looked at and sent. */
    write(input) {
      form.elements.input.value = input;
      form.elements.input.focus();
    },
    /** Puts a task into the form, to be changed and sent. */
    fill(task) {
      form.elements.input.value = task.input ?? '';
      form.elements.priority.value = task.priority ?? 'normal';
      picker.querySelectorAll('input').forEach((box) => { box.checked = (task.tools ?? []).includes(box.value); });
      form.elements.input.focus();
    },
  };
}

function choice(tool) {
  return h('label', { class: 'tool', 'data-testid': `tool-${tool.name}` },
    h('input', { type: 'checkbox', name: 'tools', value: tool.name, checked: tool.side_effects !== 'non_idempotent' }),
    h('span', {},
      h('span', { class: 'tool-name' }, plain(tool.name)),
      h('span', { class: 'tool-effects' }, SIDE_EFFECTS[tool.side_effects] ?? ''),
      h('span', { class: 'tool-about' }, plain(tool.description))));
}

/** Ctrl or Cmd with Enter sends the form from any of its fields. */
export function submitOnCtrlEnter(form) {
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}
