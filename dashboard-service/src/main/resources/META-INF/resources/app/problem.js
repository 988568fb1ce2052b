// How a problem is shown: at its field where it names one, else in full.
import { h } from './dom.js';
import { plain } from './format.js';
import { asProblem } from './http.js';
import { meaningOf } from './meanings.js';

/** A problem as a notice; `onRetry` adds a button. */
export function problemNotice(failure, onRetry) {
  const problem = asProblem(failure);
  const facts = [problem.status > 0 ? String(problem.status) : '', problem.code, problem.instance].filter(Boolean).join(' · ');
  const meaning = meaningOf(problem.code);
  return h('div', { class: 'notice notice-bad', 'data-testid': 'problem' },
    h('strong', {}, meaning?.title ?? problem.title),
    problem.detail ? h('p', { dir: 'auto' }, plain(problem.detail)) : null,
    meaning ? h('p', { class: 'advice' }, meaning.advice) : null,
    facts ? h('p', { class: 'facts' }, facts) : null,
    onRetry ? h('button', { type: 'button', class: 'quiet', on: { click: onRetry } }, 'Try again') : null);
}

/**
 * What is said of a task's or a step's error: what its code means, what the service says of it, and, where it is the
 * reader's turn, what can be done.
 */
export function errorWords(error, advise = true) {
  const message = plain(error?.message ?? error);
  const meaning = meaningOf(error?.code);
  return [
    h('strong', {}, meaning?.title ?? message),
    meaning ? h('p', { dir: 'auto' }, message) : null,
    meaning && advise ? h('p', { class: 'advice' }, meaning.advice) : null,
    error?.code ? h('p', { class: 'facts' }, plain(error.code)) : null,
  ].filter(Boolean);
}

/** Shows a problem in a form: errors that name a field stand at it, the rest in the form's notice. */
export function showFormProblem(form, failure) {
  clearFormProblem(form);
  const problem = asProblem(failure);
  let firstField = null;
  let placed = 0;
  for (const { field, message } of problem.errors) {
    const root = String(field ?? '').split(/[.[]/)[0];
    const slot = form.querySelector(`[data-error-for="${CSS.escape(root)}"]`);
    if (slot) {
      slot.textContent = slot.textContent ? `${slot.textContent}; ${message}` : message;
      slot.hidden = false;
      const input = form.elements.namedItem(root);
      if (input instanceof HTMLElement) {
        input.setAttribute('aria-invalid', 'true');
        firstField ??= input;
      }
      placed += 1;
    }
  }
  if (placed === 0 || placed < problem.errors.length) {
    form.querySelector('.form-problem').replaceChildren(problemNotice(problem));
  }
  firstField?.focus();
}

/** Takes every problem out of a form. */
export function clearFormProblem(form) {
  form.querySelector('.form-problem').replaceChildren();
  form.querySelectorAll('[data-error-for]').forEach((slot) => { slot.textContent = ''; slot.hidden = true; });
  form.querySelectorAll('[aria-invalid]').forEach((input) => input.removeAttribute('aria-invalid'));
}
