// Puts the parts of the page together, and keeps what is shown in its address.
import { startAsk } from './ask.js';
import { byId } from './dom.js';
import { may, startPerson } from './person.js';
import { problemNotice } from './problem.js';
import { startRecent } from './recent.js';
import { startStats } from './stats.js';
import { startTaskForm } from './task-form.js';
import { startTaskView } from './task-view.js';

const NARROW = matchMedia('(max-width: 60rem)');
const tabs = { task: byId('tab-task'), ask: byId('tab-ask') };
const panels = { task: byId('panel-task'), ask: byId('panel-ask') };

function showTab(name) {
  Object.entries(tabs).forEach(([key, tab]) => {
    const chosen = key === name;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    panels[key].hidden = !chosen;
  });
}

try {
  await startPerson();
} catch (failure) {
  if (failure.status !== 401) byId('work').replaceChildren(problemNotice(failure, () => location.reload()));
  // why: without a person there is no page to be put together
  await new Promise(() => {});
}
const hasTasks = may('tasks:read') || may('tasks:write');

const recent = startRecent((id) => go({ task: id }));
const form = startTaskForm((task) => go({ task: task.task_id }));
const view = startTaskView({ onChange: recent.refresh, onTemplate: form.fill, onExample: form.write, onOpen: (id) => go({ task: id }) });
const ask = startAsk();
if (may('statistics:read')) startStats((service) => {
  if (service === 'custom-mcp') {
    recent.refresh();
    form.recover();
  } else {
    ask.recover();
  }
});

/** Shows what the address says; done when it is loaded. */
function show() {
  const address = new URLSearchParams(location.search);
  const task = address.get('task');
  showTab(may('ask') && (address.get('view') === 'ask' || !hasTasks) ? 'ask' : 'task');
  recent.mark(task);
  return task && may('tasks:read') ? view.open(task) : view.close();
}

async function go(address) {
  history.pushState(null, '', `?${new URLSearchParams(address)}`);
  const shown = show();
  recent.refresh();
  await shown;
  if (NARROW.matches) byId('task-view').scrollIntoView({ block: 'start' });
}

Object.entries(tabs).forEach(([name, tab]) => {
  const choose = () => {
    const address = new URLSearchParams(location.search);
    if (name === 'ask') address.set('view', 'ask');
    else address.delete('view');
    history.pushState(null, '', address.size > 0 ? `?${address}` : location.pathname);
    showTab(name);
  };
  tab.addEventListener('click', choose);
  tab.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const other = tabs[name === 'task' ? 'ask' : 'task'];
      other.focus();
      other.click();
    }
  });
});

addEventListener('popstate', show);
show();
