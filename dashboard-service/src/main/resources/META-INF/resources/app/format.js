// How figures, times and statuses are written for people.

const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const dollars = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });
const fineDollars = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 4 });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });

const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

export const NOTHING = '–';

export const count = (value) => (Number.isFinite(value) ? counts.format(value) : NOTHING);
/** A count in little room: 402,911 as 403K. */
export const shortCount = (value, from = 100_000) => (!Number.isFinite(value) ? NOTHING : value < from ? counts.format(value) : compact.format(value));

/** US dollars: $12.50, $0.0008, and never nothing for what is only very little. */
export function cost(value) {
  if (!Number.isFinite(value)) return NOTHING;
  if (value > 0 && value < 0.00005) return '< $0.0001';
  return (value < 1 ? fineDollars : dollars).format(value);
}

/** What a million tokens cost. */
export const price = (value) => (Number.isFinite(value) ? fineDollars.format(value) : NOTHING);

const partly = (part, name) => (part > 0 ? ` (${count(part)} ${name})` : '');

/** Tokens read and written, with the part of them that was cached or only thought. */
export const tokensRead = (usage) => count(usage.input_tokens) + partly(usage.cached_tokens, 'cached');
export const tokensWritten = (usage) => count(usage.output_tokens) + partly(usage.thought_tokens, 'thoughts');

export const percent = (value) => (Number.isFinite(value) ? `${(value * 100).toFixed(value === 1 ? 0 : 1)} %` : NOTHING);

/** Seconds as people say them: 4 ms, 1.25 s, 3 min 20 s, 2 h 5 min, 4 d 3 h. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return NOTHING;
  if (seconds > 0 && seconds < 0.001) return '< 1 ms';
  if (seconds > 0 && seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return Number.isInteger(seconds) ? `${seconds} s` : `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86400) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`;
}

/** The time of day for today, with the date otherwise. */
export function time(instant) {
  const date = new Date(instant ?? NaN);
  if (Number.isNaN(date.getTime())) return NOTHING;
  return date.toDateString() === new Date().toDateString() ? clock.format(date) : dayAndClock.format(date);
}

/** The time of day for today, the day otherwise. */
export function since(instant) {
  const date = new Date(instant ?? NaN);
  if (Number.isNaN(date.getTime())) return NOTHING;
  return date.toDateString() === new Date().toDateString() ? hour.format(date) : day.format(date);
}

const WORDS = {
  created: 'Created', queued: 'Queued', running: 'Running', waiting: 'Waiting', retrying: 'Retrying',
  unknown: 'Unknown', cancelling: 'Cancelling', succeeded: 'Succeeded', failed: 'Failed', cancelled: 'Cancelled',
};

export const statusWord = (status) => WORDS[status] ?? String(status);
export const isFinal = (status) => status === 'succeeded' || status === 'failed' || status === 'cancelled';

/** Whether the built-in rule-based model answered; people must not take it for a language model. */
export const isOffline = (model) => model === 'offline' || String(model ?? '').startsWith('offline-');

// why: these characters reorder what is read, so that text can show other than it is
const REORDERING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;

/** The text with characters that would reorder it written out. */
export const plain = (text) =>
  String(text ?? '').replace(REORDERING, (character) => `[U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);

/** JSON indented where it is JSON, else the text as it is. */
export function pretty(text) {
  if (typeof text !== 'string') return JSON.stringify(text, null, 2) ?? '';
  if (text.length > 200_000 || !/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
