// What the codes of errors mean, in words for people, and what they can do.

const MEANINGS = new Map(Object.entries({
  model_rate_limited: ['The model is asked too often', 'Its provider allows only so many requests a minute. Try again later, or choose another model.'],
  model_quota_exhausted: ['The quota for this model is used up', 'Its provider answers again when the quota is renewed, often the next day, or raised. Until then, choose another model.'],
  model_key_refused: ['The provider refused the key', 'The key is missing, wrong, or not allowed to use this model. Whoever runs this server has to set another; until then, choose another model.'],
  model_context_exceeded: ['This is too much for the model’s context window', 'It does not fit even without what can be left out. Give it less to read, or choose a model with a larger window.'],
  model_blocked: ['The provider’s rules forbid this', 'It blocked what was asked or what the model said. Word it in another way, or choose another model.'],
  model_unusable: ['The model said nothing that can be used', 'Several turns in a row were empty or broken. Try again, or choose another model.'],
  model_unavailable: ['The model did not answer', 'It is overloaded, too slow, or cannot be reached. Try again later, or choose another model.'],
  model_failed: ['The model refused the request', 'Trying the same again will not help. Choose another model, or ask whoever runs this server.'],
  model_repeats_itself: ['The model went in circles', 'It made the same calls again and again and learnt nothing new. Word the task in another way, or choose another model.'],
  unknown_model: ['This model cannot be asked', 'It is not connected, or it lacks its key. Choose another model.'],
  token_budget_spent: ['The token budget is spent', 'A task may use only so many tokens. Split it into smaller ones, or give it less to read.'],
  cost_budget_spent: ['The cost budget is spent', 'A task may cost only so much. Split it into smaller ones, or choose a cheaper model.'],
  step_budget_spent: ['The steps are used up', 'A task may take only so many steps. Split it into smaller ones.'],
  time_budget_spent: ['The time is used up', 'A task may take only so long. Split it into smaller ones, or run it when the model is less busy.'],
  deadline_exceeded: ['The deadline passed', 'It was not done in the time that it was given. Run it again when there is less to do, or give it more time.'],
  journal_full: ['The task said more than can be kept', 'Split it into smaller ones, or have its tools return less.'],
  unauthenticated: ['You are not signed in', 'Check what you signed in by, or ask whoever runs this server for another key.'],
  csrf: ['This page is out of date', 'Somebody signed in anew in this browser. Load the page again.'],
  insufficient_scope: ['You may not do this', 'Your key does not have the right for it. Ask whoever runs this server.'],
  tool_forbidden: ['You may not use this tool', 'Your key does not have the right for it. Choose other tools, or ask whoever runs this server.'],
  rate_limited: ['Too many requests', 'Wait a little, then try again.'],
  too_many_under_way: ['Too much is under way', 'Wait for something to end, then try again.'],
  budget_exhausted: ['The day’s budget is used up', 'It is renewed at midnight, UTC. Ask whoever runs this server for more.'],
  illegal_transition: ['The task has moved on', 'Its status does not allow this any more. Open it again to see how it is now.'],
  step_settled: ['This step is decided already', 'Open the task again to see how it is now.'],
  worker_lost: ['The workers that ran it were lost', 'Run it again. Should that happen often, whoever runs this server finds more in its log.'],
  outcome_unknown: ['It is not known whether a tool did its work', 'Its worker was lost during a call that must not be made twice. Look whether it took effect, then decide below, or cancel the task.'],
  expired: ['The task expired', 'It was created and never run. Run a new one.'],
}));

/** What a code means: {title, advice}; undefined where it is not known here. */
export function meaningOf(code) {
  const meaning = MEANINGS.get(code);
  return meaning && { title: meaning[0], advice: meaning[1] };
}
