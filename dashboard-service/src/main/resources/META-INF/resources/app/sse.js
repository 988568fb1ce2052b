// Server-sent events over fetch: unlike EventSource it can post, shows problem documents, and resumes where it is told.
import { Problem, recheck, send } from './http.js';

/** Events of a body as they come: {id, event, data}; `data` is parsed JSON, or null where it cannot be read. */
export async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = '';
  let event = {};
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const from = buffered.length;
      buffered += value;
      let start = 0;
      for (let end = buffered.indexOf('\n', from); end >= 0; end = buffered.indexOf('\n', start)) {
        const line = buffered.slice(start, end).replace(/\r$/, '');
        start = end + 1;
        if (line !== '') {
          addField(event, line);
        } else if (event.data !== undefined) {
          const data = parse(event.data);
          // why here: a stream ends with its session, whatever it was about
          if (event.event === 'error' && data?.status === 401) await recheck();
          yield { id: event.id, event: event.event ?? 'message', data };
          event = {};
        } else {
          event = {};
        }
      }
      buffered = buffered.slice(start);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function addField(event, line) {
  const colon = line.indexOf(':');
  if (colon === 0) return;
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
  if (name === 'data') event.data = event.data === undefined ? value : `${event.data}\n${value}`;
  else if (name === 'id' || name === 'event') event[name] = value;
}

function parse(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

/** Opens a stream. @throws {Problem} where the answer is one; yields nothing on 204. */
export async function openStream(path, { method = 'GET', body, lastEventId, headers = {}, signal } = {}) {
  const response = await send(path, {
    method,
    body,
    signal,
    headers: {
      Accept: 'text/event-stream, application/problem+json',
      ...(lastEventId ? { 'Last-Event-ID': lastEventId } : {}),
      ...headers,
    },
  });
  return response.status === 204 ? null : readEvents(response.body);
}

const FIRST_WAIT = 300;
const LONGEST_WAIT = 10_000;
// why 401 too: where nobody is signed in the page leaves; where somebody is, it is in a newer session
const BUSY = new Set([401, 408, 429, 500, 502, 503, 504]);

/**
 * Follows a stream for as long as `signal` allows, resuming behind the last event when it breaks.
 * `onEvent` returns true when nothing comes after the event. `onLost` is told each time that a try fails, `onEnd`
 * when the server says that there is nothing more, `onRefused` of a problem that trying again cannot help.
 */
export async function follow(path, { onEvent, onOpen = () => {}, onLost = () => {}, onEnd = () => {}, onRefused = onLost, signal }) {
  let lastEventId;
  let wait = FIRST_WAIT;
  while (!signal.aborted) {
    try {
      const events = await openStream(path, { lastEventId, signal });
      if (events === null) return onEnd();
      onOpen();
      for await (const event of events) {
        if (event.event === 'error') throw new Problem(event.data ?? {});
        if (event.id) lastEventId = event.id;
        wait = FIRST_WAIT;
        if (event.data !== null && onEvent(event)) return undefined;
      }
      onLost(null);
    } catch (failure) {
      if (signal.aborted) return undefined;
      if (failure instanceof Problem && failure.status > 0 && !BUSY.has(failure.status)) return onRefused(failure);
      onLost(failure);
    }
    await pause(wait * (0.5 + Math.random() / 2), signal);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
  return undefined;
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
