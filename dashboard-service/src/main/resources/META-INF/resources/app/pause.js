// Why a task stands still, and when it goes on.
import { h, setText } from './dom.js';
import { duration, time } from './format.js';
import { errorWords } from './problem.js';

/** A notice that is there while a task stands still. Returns {element, show}. */
export function newPause() {
  const when = h('strong', {});
  const why = h('div', { class: 'pause-why' });
  const element = h('div', { class: 'notice', 'data-testid': 'task-pause', hidden: true }, when, why);
  let until = null;
  let ticking = null;

  const tick = () => {
    const left = Math.ceil((Date.parse(until) - Date.now()) / 1000);
    setText(when, left > 0 ? `Goes on at ${time(until)}, in ${duration(left)}` : 'Goes on in a moment');
    if (!element.isConnected) stop();
  };
  const stop = () => {
    clearInterval(ticking);
    ticking = null;
  };

  return {
    element,
    show({ status, retry_at: retryAt, error }) {
      const retrying = status === 'retrying';
      element.hidden = !retrying && status !== 'waiting';
      why.replaceChildren(...(error ? errorWords(error, !retrying) : []));
      until = retryAt;
      stop();
      if (!element.hidden && retrying && retryAt) {
        tick();
        ticking = setInterval(tick, 1000);
      } else {
        setText(when, retrying ? 'Goes on by itself' : 'Waits for a person');
      }
    },
  };
}
