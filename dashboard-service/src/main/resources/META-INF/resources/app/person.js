// Who is signed in, and what they may do. What they may not is not offered; the services refuse it anyway.
import { byId, h } from './dom.js';
import { plain, time } from './format.js';
import { leave, protectWith, request } from './http.js';
import { problemNotice } from './problem.js';

const ALL_TOOLS = 'tools:*';
const tabs = new BroadcastChannel('mcp-session');

let scopes = new Set();

/** Whether the person holds a scope. */
export const may = (scope) => scopes.has(scope);

/** Whether their tasks may use a tool. */
export const mayUse = (tool) => scopes.has(ALL_TOOLS) || scopes.has(`tools:${tool}`);

/** Asks who is signed in, goes to the sign-in page where nobody is, and shows the menu. @throws {Problem} */
export async function startPerson() {
  const person = await request('api/session');
  scopes = new Set(person.scopes ?? []);
  document.querySelectorAll('[data-needs]').forEach((element) => { element.hidden = !element.dataset.needs.split(' ').some(may); });
  // why: without it nobody has to sign in, so nobody can sign out
  if (!person.csrf_token) return;
  protectWith(person.csrf_token, async () => {
    const now = await request('api/session');
    if (now.person !== person.person || now.tenant !== person.tenant) location.reload();
    return now.csrf_token;
  });
  showMenu(person);
  tabs.addEventListener('message', () => request('api/session').catch(() => {}));
}

function showMenu(person) {
  const place = byId('who');
  const places = h('ul', { class: 'places', 'data-testid': 'places' });
  const trouble = h('div', { class: 'form-problem', role: 'alert' });
  const menu = h('details', { class: 'who-menu', 'data-testid': 'who' },
    h('summary', { 'data-testid': 'who-summary' },
      h('span', { class: 'visually-hidden' }, 'Signed in as '),
      h('span', { class: 'who-name' }, plain(person.name ?? person.person)),
      h('span', { class: 'who-tenant' }, plain(person.tenant))),
    h('div', { class: 'who-panel card' },
      h('dl', {},
        h('div', {}, h('dt', {}, 'Signed in as'), h('dd', {},
          person.name ? h('span', { class: 'who-full', 'data-testid': 'who-full' }, plain(person.name)) : null,
          h('code', { 'data-testid': 'who-person' }, plain(person.person)))),
        h('div', {}, h('dt', {}, 'Tenant'), h('dd', { 'data-testid': 'who-tenant' }, plain(person.tenant))),
        h('div', {}, h('dt', {}, 'May'), h('dd', { class: 'who-scopes', 'data-testid': 'who-scopes' },
          (person.scopes ?? []).map((scope) => h('span', { class: 'chip' }, plain(scope)))))),
      h('h3', {}, 'Where you are signed in'),
      places,
      trouble,
      h('div', { class: 'actions' },
        h('button', { type: 'button', class: 'primary', 'data-testid': 'sign-out', on: { click: (event) => signOut(event.target, 'api/session', trouble) } }, 'Sign out'),
        h('button', { type: 'button', 'data-testid': 'sign-out-everywhere', on: { click: (event) => signOut(event.target, 'api/session?everywhere=true', trouble) } }, 'Sign out everywhere'))));
  menu.addEventListener('toggle', () => { if (menu.open) showPlaces(places); });
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && menu.open) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  document.addEventListener('click', (event) => { if (!menu.contains(event.target)) menu.open = false; });
  place.replaceChildren(menu);
  place.hidden = false;
}

async function showPlaces(list) {
  list.replaceChildren(h('li', { class: 'loading' }, 'Loading'));
  try {
    const { items } = await request('api/session/place');
    list.replaceChildren(...items.map((place) => h('li', { 'data-testid': 'place' },
      h('span', { class: 'place-agent' }, browserOf(place.user_agent), place.current ? h('span', { class: 'chip' }, 'this one') : null),
      h('span', { class: 'hint' }, `since ${time(place.started_at)}, last used ${time(place.last_seen_at)}`))));
  } catch (failure) {
    list.replaceChildren(h('li', {}, problemNotice(failure)));
  }
}

const BROWSERS = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']];
const SYSTEMS = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS', 'macOS'], ['Linux', 'Linux']];

/** A short name for what a browser says of itself. */
function browserOf(userAgent) {
  const text = plain(userAgent ?? '');
  const browser = BROWSERS.find(([mark]) => text.includes(mark))?.[1];
  const system = SYSTEMS.find(([mark]) => text.includes(mark))?.[1];
  return [browser, system].filter(Boolean).join(' on ') || text.slice(0, 60) || 'A browser';
}

async function signOut(button, path, trouble) {
  button.disabled = true;
  try {
    await request(path, { method: 'DELETE' });
    tabs.postMessage('out');
    leave();
  } catch (failure) {
    trouble.replaceChildren(problemNotice(failure));
    button.disabled = false;
  }
}
