// The choice of a model: those that can be asked, those that cannot and why, and what the chosen one is.
import { byId, h } from './dom.js';
import { count, isOffline, plain, price } from './format.js';
import { request } from './http.js';
import { may } from './person.js';

/**
 * Makes a form's choice of models work; `path` is where they are listed. What was chosen stays chosen, also when the
 * list is loaded anew. Returns {chosen, expected, choose, load, recover}.
 */
export function startModelPicker(prefix, path) {
  const select = byId(`${prefix}-model`);
  const about = byId(`${prefix}-model-about`);
  const lacking = byId(`${prefix}-model-lacking`);
  let models = [];
  let wanted = '';
  let failed = false;

  const defaultModel = () => models.find((model) => model.chosen);

  const show = () => {
    const known = wanted === '' || models.some((model) => model.available && model.name === wanted);
    select.value = known ? wanted : '';
    const model = select.value === '' ? defaultModel() : models.find(({ name }) => name === select.value);
    about.textContent = [
      known || (models.length === 0 && !failed) ? '' : `${plain(wanted)} cannot be asked now: the default is chosen instead.`,
      failed ? 'The models could not be listed. The service makes its own choice.' : '',
      model ? describe(model) : '',
    ].filter(Boolean).join(' ');
  };

  const draw = () => {
    const ready = models.filter((model) => model.available);
    const missing = models.filter((model) => !model.available);
    select.replaceChildren(
      h('option', { value: '' }, defaultModel() ? `default: ${label(defaultModel())}` : 'default'),
      ...ready.map((model) => h('option', { value: model.name }, label(model))),
      ...(missing.length ? [h('optgroup', { label: 'Not available' },
        missing.map((model) => h('option', { value: model.name, disabled: true }, `${plain(model.name)}: ${shortReason(model)}`)))] : []));
    lacking.replaceChildren(
      h('summary', {}, missing.length === 1 ? '1 model is not available' : `${count(missing.length)} models are not available`),
      h('ul', {}, missing.map((model) => h('li', {}, h('code', {}, plain(model.name)), ` ${plain(model.unavailable_reason)}`))));
    lacking.hidden = missing.length === 0;
  };

  const load = async () => {
    if (!may('statistics:read')) return;
    try {
      models = (await request(path)).items ?? [];
      failed = false;
      draw();
    } catch {
      failed = true;
    }
    show();
  };

  select.addEventListener('change', () => {
    wanted = select.value;
    show();
  });
  load();

  return {
    /** The name of the chosen model; undefined where the service makes its own choice. */
    chosen: () => select.value || undefined,
    /** The name of the model that is to answer, as far as it is known. */
    expected: () => select.value || defaultModel()?.name,
    /** Chooses a model by its name, or the default; also one that is not in the list yet. */
    choose(name) {
      wanted = name ?? '';
      show();
    },
    load,
    /** Loads what could not be loaded while the service was away. */
    recover() {
      if (failed) {
        failed = false;
        load();
      }
    },
  };
}

const label = (model) => (isOffline(model.name) ? 'offline (fixed rules, no language model)' : plain(model.name));

// why: an option has little room, and how to mend it is said below in full
const shortReason = (model) => plain(model.unavailable_reason ?? 'it cannot be asked').replace(/\s*\([^()]*\)\s*$/, '');

function describe(model) {
  if (isOffline(model.name)) {
    return 'Built in: it follows fixed rules, costs nothing, and says what it cannot do.';
  }
  return [
    `${WIRES[model.provider] ?? plain(model.provider)}${model.model_id === model.name ? '' : ` ${plain(model.model_id)}`}`,
    `${count(model.context_tokens)} tokens of context`,
    prices(model.price),
    model.fallback?.length ? `if it cannot answer, ${model.fallback.map(plain).join(', then ')} does` : '',
  ].filter(Boolean).join(' · ');
}

const WIRES = { gemini: 'Gemini', openai: 'OpenAI-compatible' };

function prices(known) {
  if (!known) return 'price not known, so its cost counts as nothing';
  const dearer = known.long_prompts ? `, ${price(known.long_prompts.input)} and ${price(known.long_prompts.output)} where a prompt is over ${count(known.long_prompts.above)}` : '';
  return `${price(known.input)} read, ${price(known.output)} written per million tokens${dearer}`;
}
