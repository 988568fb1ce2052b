// The task form: what is to be done, by which model, with which tools, how urgently.
import { announce, byId } from './dom.js';
import { newKey, request } from './http.js';
import { startModelPicker } from './models.js';
import { clearFormProblem, showFormProblem } from './problem.js';
import { startToolPicker } from './tools.js';

/** Makes the form work; `onRun` is told of the task that was created and queued. Returns {recover, write, fill}. */
export function startTaskForm(onRun) {
  const form = byId('task-form');
  const submit = form.querySelector('[type=submit]');
  const models = startModelPicker('task', 'api/model');
  const tools = startToolPicker();

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
          tools: tools.chosen(),
          model: models.chosen(),
          priority: form.elements.priority.value,
        },
      });
      const queued = await request(`api/task/${encodeURIComponent(task.task_id)}/run`, { method: 'POST' });
      announce('Task started');
      onRun(queued ?? task);
    } catch (failure) {
      showFormProblem(form, failure);
      if (failure.code === 'unknown_model') models.load();
    } finally {
      submit.disabled = false;
      submit.textContent = 'Run task';
    }
  });
  submitOnCtrlEnter(form);
  // why not sooner: sent before this script listens, the form would put what was typed into the page's address
  submit.disabled = false;

  return {
    /** Loads what could not be loaded while the service was away. */
    recover() {
      tools.recover();
      models.recover();
    },
    /** Puts an input into the form, to be looked at and sent. */
    write(input) {
      form.elements.input.value = input;
      form.elements.input.focus();
    },
    /** Puts a task into the form, to be changed and sent, and chooses `model` where there is one. */
    fill(task, model) {
      form.elements.input.value = task.input ?? '';
      form.elements.priority.value = task.priority ?? 'normal';
      tools.choose(task.tools ?? []);
      models.choose(model);
      form.elements.input.focus();
    },
  };
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
