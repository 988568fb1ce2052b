// Small labels that say a state in words, not by colour alone.
import { h } from './dom.js';
import { isOffline, plain, statusWord } from './format.js';

export const statusChip = (status) => h('span', { class: 'chip', 'data-status': status, 'data-testid': 'status' }, statusWord(status));

/** Changes a chip in place. */
export function setStatus(chip, status) {
  if (chip.dataset.status !== status) {
    chip.dataset.status = status;
    chip.textContent = statusWord(status);
  }
}

/** The model that answered; the built-in one is named for what it is. */
export function modelChip(model) {
  if (!model) return null;
  return isOffline(model)
    ? h('span', { class: 'chip chip-offline', 'data-testid': 'offline-label', title: 'Answered by the built-in rule-based model, not by a language model.' }, 'Offline model')
    : h('span', { class: 'chip chip-model', 'data-testid': 'model' }, plain(model));
}

/** The model that answered, and the one that was asked where that is another. */
export function modelWords(answered, asked) {
  return [
    modelChip(answered),
    answered && asked && answered !== asked ? h('span', { class: 'instead', 'data-testid': 'instead' }, `in place of ${plain(asked)}`) : null,
  ].filter(Boolean);
}

/** A sentence for readers who have not met the offline model. */
export const offlineNote = () => h('p', { class: 'offline-note', 'data-testid': 'offline-note' },
  'Answered by the built-in offline model: fixed rules, no language model. It is deterministic and says what it cannot do.');
