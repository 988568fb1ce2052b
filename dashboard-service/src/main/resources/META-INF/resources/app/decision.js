// What a person decides where nobody knows whether a tool did its work.
import { h } from './dom.js';
import { plain, pretty } from './format.js';
import { newKey } from './http.js';
import { codeBlock } from './markdown.js';
import { problemNotice } from './problem.js';

/**
 * A panel that is there while a task waits for a decision. `onDecide` is told the step, what is decided and the key that
 * the decision is sent under; it throws what the service refuses. Returns {element, show}.
 */
export function newDecision(onDecide) {
  const element = h('div', { hidden: true });
  let shown = null;

  return {
    element,
    show({ status, task_id: task }, steps) {
      const open = status === 'waiting' ? steps.find((step) => step.status === 'unknown') : undefined;
      // why: what is being written must not be lost while other things of the task are drawn
      const name = open && `${open.step}.${open.attempt}`;
      if (name !== shown) element.replaceChildren(...(open ? [panel(task, open, onDecide)] : []));
      shown = name;
      element.hidden = !open;
    },
  };
}

function panel(task, step, onDecide) {
  const id = `decision-${step.step}`;
  const key = newKey();
  const problem = h('div', { class: 'form-problem', role: 'alert' });
  const result = h('textarea', { id: `${id}-result`, rows: 3, dir: 'auto', 'aria-describedby': `${id}-result-about`, 'data-testid': 'decision-text' });
  const buttons = [];

  const choice = (action, words, about, ...between) => {
    const button = h('button', { type: 'button', 'aria-describedby': `${id}-${action}-about`, 'data-testid': `decision-${action}` }, words);
    button.addEventListener('click', async () => {
      problem.replaceChildren();
      buttons.forEach((other) => { other.disabled = true; });
      try {
        await onDecide(step.step, action === 'result' ? { action, result: result.value } : { action }, key);
      } catch (failure) {
        problem.replaceChildren(problemNotice(failure));
        buttons.forEach((other) => { other.disabled = false; });
        button.focus();
      }
    });
    buttons.push(button);
    return h('div', { class: 'choice' }, ...between, button, h('p', { class: 'hint', id: `${id}-${action}-about` }, about));
  };

  return h('section', { class: 'decision', 'aria-labelledby': `${id}-title`, 'data-testid': 'decision', 'data-task': task },
    h('h3', { id: `${id}-title` }, 'Did this call do its work?'),
    h('p', {}, 'The worker of this task was lost in the middle of step ', String(step.step), ', a call of ', h('code', {}, plain(step.tool_name)),
      '. Every call of this tool changes something anew, so that it is not made again without you. Look where it should have had its effect, then choose.'),
    codeBlock(pretty(step.input_data ?? '{}'), 'Arguments'),
    problem,
    choice('repeat', 'It did not: make the call again', 'The same call is made once more.'),
    choice('skip', 'Leave it: go on without the call', 'The model is told that a person skipped the call, and that nobody knows whether it took effect.'),
    choice('result', 'It did: go on with this result', 'The model reads your text as what the call returned.',
      h('label', { for: `${id}-result` }, 'What the call came to'), result));
}
