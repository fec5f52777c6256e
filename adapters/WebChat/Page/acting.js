// What people do: say, press, edit, delete; and what comes of it.

import { api } from './api.js';
import { find, make } from './messages.js';
import { arrive, forget, refresh } from './reading.js';
import { go, lists, open, toEnd } from './room.js';
import { ask, askUntil, forgetAlerts, formOf, guard, notify } from './speech.js';

const isNarrow = matchMedia('(max-width: 860px)');
const busy = new Set();

export async function say(text, threadId) {
  forgetAlerts();
  const answer = await guard(() => api.say(open.channel, open.user, text, threadId ?? undefined));
  if (answer) {
    take(answer, threadId ?? answer.message.id);
    toEnd(threadId ? 'thread' : 'main');
  }

  return answer;
}

export async function press(id, action, inputs) {
  if (busy.has(id)) {
    return false;
  }

  forgetAlerts();
  busy.add(id);
  setBusy(id, true);
  const answer = await guard(() => api.press(id, open.user, action, inputs));
  busy.delete(id);
  setBusy(id, false);
  if (!answer) {
    return false;
  }

  const done = !['warning', 'danger'].includes(answer.notice?.tone);
  if (done) {
    foldForms(id);
  }

  await take(answer, open.messages.get(id)?.threadId ?? id, id);
  return done;
}

// A form that was taken is empty again; one that was refused keeps what was typed.
function foldForms(id) {
  Object.values(lists).flatMap((list) => [...find(list, id)?.querySelectorAll('details.ask[open]') ?? []]).forEach((fold) => {
    const hadFocus = fold.contains(document.activeElement);
    fold.querySelector('form').reset();
    fold.open = false;
    if (hadFocus) {
      fold.querySelector('summary').focus();
    }
  });
}

const setBusy = (id, on) => Object.values(lists).forEach((list) => find(list, id)?.setAttribute('aria-busy', on));

async function take(answer, root, pressed) {
  const news = answer.answers.filter((view) => view.version === 1 && view.threadId === root);
  [answer.message, ...answer.answers].filter(Boolean).forEach(arrive);
  if (answer.notice) {
    notify(answer.notice.tone, answer.notice.text);
  }

  if (news.length > 0 && open.thread !== root) {
    if (isNarrow.matches && pressed) {
      notify('neutral', news[0].summary);
    } else {
      go(open.channel, root);
    }
  }

  if (answer.form) {
    await askUntil(formOf(answer.form.html), (form) => press(pressed ?? answer.message.id, form.dataset.action, Object.fromEntries(new FormData(form))));
  }
}

export async function edit(view) {
  forgetAlerts();
  const box = make('textarea', { name: 'text', rows: '4', maxlength: '4000', required: '' });
  box.value = view.text;
  const form = make('form', { class: 'form' }, make('h4', {}, 'Edit your message'),
    make('label', { class: 'field' }, make('span', {}, 'Message'), box), make('button', { type: 'submit', class: 'button', 'data-style': 'primary' }, 'Save'));
  await askUntil(form, async () => {
    const answer = await guard(() => api.edit(view.id, open.user, box.value));
    answer && await take(answer, view.threadId ?? view.id);
    return answer;
  });
}

export async function erase(view) {
  forgetAlerts();
  const form = make('form', { class: 'form' }, make('h4', {}, 'Delete your message?'), make('p', {}, view.summary),
    make('button', { type: 'submit', class: 'button', 'data-style': 'danger' }, 'Delete'));
  const answer = await ask(form) && await guard(() => api.remove(view.id, open.user));
  if (answer) {
    forget(view.id);
    refresh();
    await take(answer, view.threadId ?? view.id);
  }
}
