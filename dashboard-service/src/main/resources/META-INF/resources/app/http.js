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

/** Sends a request and reads the JSON of its answer. @throws {Problem} */
export async function request(path, { method = 'GET', body, headers = {}, signal } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      signal,
      cache: 'no-store',
      headers: { Accept: 'application/json, application/problem+json', ...(body ? { 'Content-Type': 'application/json' } : {}), ...headers },
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw asProblem(failure);
  }
  if (!response.ok) throw await problemOf(response);
  return response.status === 204 ? null : response.json();
}

/** A key under which a repeated request is recognised. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
