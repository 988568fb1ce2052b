// Signs in by a key that is typed, or by a link: its token is behind the #, which browsers send to nobody.
import { announce, byId } from './dom.js';
import { request } from './http.js';
import { clearFormProblem, showFormProblem } from './problem.js';

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

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (submit.disabled) return;
  const key = form.elements.key.value.trim();
  if (key) signIn({ key });
  else form.elements.key.focus();
});
addEventListener('hashchange', useLink);
useLink();
