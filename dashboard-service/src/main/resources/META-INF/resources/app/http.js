// Requests to this page's own host, by relative links, and problems (RFC 9457) as errors.

/** An answer that is a problem document; `code` is stable, `errors` name fields. */
export class Problem extends Error {
  constructor(document) {
    super(document.detail || document.title || 'The request failed.');
    this.title = document.title || 'The request failed';
    this.detail = document.detail || '';
    this.status = document.status || 0;
    this.code = document.code || '';
    this.instance = document.instance || '';
    this.errors = Array.isArray(document.errors) ? document.errors : [];
  }
}

/** The problem that an answer holds, whatever its body. */
export async function problemOf(response) {
  const fallback = { status: response.status, title: `The server answered ${response.status}`, detail: response.statusText };
  try {
    return new Problem({ ...fallback, ...(await response.json()) });
  } catch {
    return new Problem(fallback);
  }
}

/** Any failure as a problem. */
export function asProblem(failure) {
  if (failure instanceof Problem) return failure;
  return new Problem({
    code: 'dashboard_unreachable',
    title: 'This page lost its server',
    detail: 'The dashboard did not answer. Check the network and try again.',
  });
}

let protection = null;
let renewProtection = null;
let leaving = false;

/** From now on requests that change something carry `token`; where it is not good any more, `renew` brings another. */
export function protectWith(token, renew) {
  protection = token;
  renewProtection = renew;
}

/** Goes to the sign-in page, which comes back to what is shown now. */
export function leave() {
  if (leaving) return;
  leaving = true;
  location.replace(`sign-in${location.search}`);
}

/** Goes to the sign-in page unless the person is signed in here all the same, in another session. */
export async function recheck() {
  if (!renewProtection) {
    leave();
    return;
  }
  try {
    protection = await renewProtection();
  } catch {
    // why nothing: where nobody is signed in the page has left, and where it cannot be told it tries again
  }
}

/**
 * Sends a request as the person who is signed in; where nobody is, the page goes to sign in, unless it is to stay.
 * @returns the answer, which is good @throws {Problem}
 */
export async function send(path, { method = 'GET', body, headers = {}, signal, stay = false }, again = true) {
  const response = await fetch(path, {
    method,
    signal,
    cache: 'no-store',
    headers: {
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...(protection && method !== 'GET' ? { 'X-CSRF-Token': protection } : {}),
      ...headers,
    },
    body: body ? JSON.stringify(body) : undefined,
  });
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.status === 401 && !stay) leave();
  // why: somebody signed in anew in another tab, so this one's protection is that of a session that is no more
  if (problem.code === 'csrf' && renewProtection && again) {
    protection = await renewProtection();
    return send(path, { method, body, headers, signal, stay }, false);
  }
  throw problem;
}

/** Sends a request and reads the JSON of its answer. @throws {Problem} */
export async function request(path, { headers = {}, ...options } = {}) {
  let response;
  try {
    response = await send(path, { ...options, headers: { Accept: 'application/json, application/problem+json', ...headers } });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw asProblem(failure);
  }
  return response.status === 204 ? null : response.json();
}

/** A key under which a repeated request is recognised. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
