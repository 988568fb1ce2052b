// Signs in by a key that is typed, or by a link: its token is behind the #, which browsers send to nobody.
import { announce, byId, h } from './dom.js';
import { request } from './http.js';
import { clearFormProblem, showFormProblem } from './problem.js';

// Why somebody came back from the provider without being signed in: SignInRefusal.
const REFUSALS = new Map(Object.entries({
  denied: ['You were not signed in', 'Signing in was called off, or your account may not use this.'],
  expired: ['Signing in took too long', 'It was begun in another window, or too long ago. Try again.'],
  unproven: ['Your account could not be checked', 'What its provider sent does not prove who you are. Try again; should it happen again, ask whoever runs this server.'],
  unavailable: ['Signing in is not possible at the moment', 'The account’s provider, or the store of this server, does not answer. Try again in a minute.'],
  nothing_granted: ['You may do nothing here yet', 'Your account is known, but nothing is granted to it. Ask whoever runs this server.'],
  too_many: ['Too many tries', 'Wait a minute, then try again.'],
}));

const form = byId('sign-in-form');
const submit = form.querySelector('[type=submit]');

async function signIn(proof) {
  clearFormProblem(form);
  submit.disabled = true;
  submit.textContent = 'Signing in';
  announce('Signing in');
  try {
    await request('api/session', { method: 'POST', body: proof, stay: true });
    form.reset();
    // why only the question: what is shown after it is below this address, whatever it says
    location.replace(`./${location.search}`);
  } catch (failure) {
    showFormProblem(form, failure);
    submit.disabled = false;
    submit.textContent = 'Sign in';
    form.elements.key.focus();
    form.elements.key.select();
  }
}

function useLink() {
  const link = new URLSearchParams(location.hash.slice(1)).get('link');
  if (!link) return;
  // why at once: neither the history nor a bookmark keeps it
  history.replaceState(null, '', location.pathname + location.search);
  signIn({ link });
}

/** What is said of the way back from the provider; the page's address keeps what it showed before, and forgets the rest. */
function returned() {
  const query = new URLSearchParams(location.search);
  const refusal = REFUSALS.get(query.get('problem'));
  if (query.has('problem')) {
    query.delete('problem');
    history.replaceState(null, '', location.pathname + (query.size > 0 ? `?${query}` : '') + location.hash);
  }
  if (refusal) {
    form.querySelector('.form-problem').replaceChildren(h('div', { class: 'notice notice-bad', 'data-testid': 'problem' },
      h('strong', {}, refusal[0]), h('p', { class: 'advice' }, refusal[1])));
  }
  const provider = document.getElementById('sign-in-provider');
  if (provider && query.has('task')) provider.search = `?${new URLSearchParams({ task: query.get('task') })}`;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (submit.disabled) return;
  const key = form.elements.key.value.trim();
  if (key) signIn({ key });
  else form.elements.key.focus();
});
// why not sooner: sent before this script listens, the form would leave the page with the key in it
submit.disabled = false;
addEventListener('hashchange', useLink);
returned();
useLink();
