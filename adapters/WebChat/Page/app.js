// The page: which channel and thread are open, who one is, and what happens when something is pressed.

import { api, listen } from './api.js';
import { composer } from './composer.js';
import { find, make, markOwn, place, remove, showReplies } from './messages.js';
import { announce, ask, askUntil, forgetAlerts, formOf, notify } from './speech.js';

const byId = (id) => document.getElementById(id);
const isNarrow = matchMedia('(max-width: 860px)');
const room = { channels: [], people: [], unread: new Map() };
const open = { user: '', channel: '', thread: null, messages: new Map() };
const busy = new Set();
let opener = null;

const lists = { main: byId('messages'), thread: byId('replies') };
const scrolls = { main: byId('messages-scroll'), thread: byId('replies-scroll') };
const main = composer(byId('composer'), (text) => say(text));
const thread = composer(byId('thread-composer'), (text) => say(text, open.thread));

/* Reading */

const repliesOf = (root) => [...open.messages.values()].filter((view) => view.threadId === root).sort((a, b) => a.id - b.id);

async function load() {
  const channel = open.channel;
  const stuck = open.messages.size === 0 || isAtEnd('main');
  const views = await guard(() => api.messages(channel));
  if (!views || channel !== open.channel) {
    return;
  }

  const known = new Set(views.map((view) => view.id));
  [...open.messages.keys()].filter((id) => !known.has(id)).forEach(forget);
  views.forEach(show);
  refresh();
  follow('main', stuck, false);
}

/** Shows a message of the open channel wherever it belongs. */
function show(view) {
  const older = open.messages.get(view.id);
  if (older && older.version > view.version) {
    return;
  }

  open.messages.set(view.id, view);
  const root = view.threadId ?? view.id;
  if (!view.threadId) {
    place(lists.main, view, { user: open.user });
  } else if (!open.messages.has(root)) {
    place(lists.main, tombstone(view), { user: open.user });
  }

  showReplies(lists.main, root, repliesOf(root));
  if (open.thread === root) {
    place(lists.thread, view, { user: open.user, inThread: true });
  }
}

// Replies outlive a root message that was deleted, or that is too old to be read.
const tombstone = (reply) => ({
  id: reply.threadId, version: 0, author: '', authorName: 'Earlier message', bot: false, at: reply.at,
  summary: 'Earlier message', html: '<p class="subtle">This message is deleted or older than what is shown.</p>',
});

function forget(id) {
  const view = open.messages.get(id);
  open.messages.delete(id);
  remove(lists.thread, id);
  const left = repliesOf(id);
  remove(lists.main, id);
  if (left.length > 0) {
    show(left[0]);
  }

  if (view?.threadId) {
    showReplies(lists.main, view.threadId, repliesOf(view.threadId));
  }
}

/** New from the server, live or as an answer. */
function arrive(view) {
  const news = view.channel !== open.channel || !open.messages.has(view.id);
  if (view.channel === open.channel) {
    const stuck = { main: isAtEnd('main'), thread: isAtEnd('thread') };
    show(view);
    refresh();
    follow('main', stuck.main, !view.threadId && news);
    follow('thread', stuck.thread, false);
  } else if (view.version === 1 && view.author !== open.user) {
    room.unread.set(view.channel, (room.unread.get(view.channel) ?? 0) + 1);
    drawChannels();
  }

  if (news && view.version === 1 && view.author !== open.user) {
    const where = view.channel === open.channel ? '' : `In ${nameOf(view.channel)}, `;
    announce(`${where}${view.authorName}: ${view.summary}`);
  }
}

function refresh() {
  byId('empty').hidden = open.messages.size > 0;
  const count = room.unread.get(open.channel);
  if (count) {
    room.unread.delete(open.channel);
    drawChannels();
  }
}

const isAtEnd = (which) => scrolls[which].scrollHeight - scrolls[which].scrollTop - scrolls[which].clientHeight < 80;
const toEnd = (which) => { scrolls[which].scrollTop = scrolls[which].scrollHeight; };

function follow(which, wasAtEnd, hint) {
  if (wasAtEnd) {
    toEnd(which);
  } else if (hint) {
    byId('newer').hidden = false;
  }
}

/* Acting */

/** Does something that may be refused; a refusal is shown, and null comes back. */
async function guard(work) {
  try {
    return await work() ?? true;
  } catch (refusal) {
    notify('danger', refusal.message);
    return null;
  }
}

async function say(text, threadId) {
  forgetAlerts();
  const answer = await guard(() => api.say(open.channel, open.user, text, threadId ?? undefined));
  if (answer) {
    take(answer, threadId ?? answer.message.id);
    toEnd(threadId ? 'thread' : 'main');
  }

  return answer;
}

async function press(id, action, inputs) {
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

async function edit(view) {
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

async function erase(view) {
  const form = make('form', { class: 'form' }, make('h4', {}, 'Delete your message?'), make('p', {}, view.summary),
    make('button', { type: 'submit', class: 'button', 'data-style': 'danger' }, 'Delete'));
  const answer = await ask(form) && await guard(() => api.remove(view.id, open.user));
  if (answer) {
    forget(view.id);
    refresh();
    await take(answer, view.threadId ?? view.id);
  }
}

/* Moving about: the address says what is open, so that Back works. */

const go = (channel, root) => { location.hash = root ? `${channel}/${root}` : channel; };

async function route() {
  const [wanted, root] = decodeURIComponent(location.hash.slice(1)).split('/');
  const channel = room.channels.some((known) => known.id === wanted) ? wanted : room.channels[0].id;
  if (channel !== open.channel) {
    open.channel = channel;
    open.messages.clear();
    Object.values(lists).forEach((list) => list.replaceChildren());
    byId('empty').hidden = true;
    byId('newer').hidden = true;
    byId('channel-name').textContent = nameOf(channel);
    document.title = `${nameOf(channel)} · PatchBot`;
    main.moveTo(channel, `Message ${nameOf(channel)}`);
    drawChannels();
    showThread(null);
    await load();
  }

  showThread(open.messages.has(Number(root)) || repliesOf(Number(root)).length > 0 ? Number(root) : null);
}

function showThread(root) {
  if (root === open.thread) {
    return;
  }

  const closing = root === null;
  const stuck = isAtEnd('main');
  open.thread = root;
  byId('thread').hidden = closing;
  follow('main', stuck, false);
  lists.thread.replaceChildren();
  if (closing) {
    opener?.isConnected && opener.focus();
    opener = null;
    return;
  }

  thread.moveTo(`thread ${root}`, 'Reply');
  [open.messages.get(root), ...repliesOf(root)].filter(Boolean).forEach((view) => place(lists.thread, view, { user: open.user, inThread: true }));
  toEnd('thread');
  if (opener || isNarrow.matches) {
    byId('thread-heading').focus();
  }
}

const nameOf = (channel) => room.channels.find((known) => known.id === channel)?.name ?? channel;

function drawChannels() {
  byId('channels').replaceChildren(...room.channels.map(({ id, name }) => {
    const unread = room.unread.get(id);
    const link = make('a', { href: `#${id}`, 'aria-current': id === open.channel ? 'page' : undefined }, make('span', { class: 'channel' }, name));
    if (unread) {
      link.append(make('span', { class: 'unread' }, String(unread), make('span', { class: 'unseen' }, ' unread')));
    }

    return make('li', {}, link);
  }));
}

/* Wiring */

function onClick(event) {
  const button = event.target.closest('button');
  const message = button?.closest('.message');
  const view = message && open.messages.get(Number(message.dataset.id));
  if (!message) {
    return;
  }

  if (button.dataset.do === 'thread') {
    opener = button;
    go(open.channel, message.dataset.id);
  } else if (view && button.dataset.do === 'edit') {
    edit(view);
  } else if (view && button.dataset.do === 'delete') {
    erase(view);
  } else if (view && button.dataset.action) {
    press(view.id, button.dataset.action);
  }
}

function onSubmit(event) {
  const form = event.target.closest('form[data-action]');
  const message = form?.closest('.message');
  if (message) {
    event.preventDefault();
    press(Number(message.dataset.id), form.dataset.action, Object.fromEntries(new FormData(form)));
  }
}

function pickPerson(id) {
  const person = room.people.find((known) => known.id === id) ?? room.people[0];
  open.user = person.id;
  byId('person').value = person.id;
  byId('role').textContent = person.role;
  Object.values(lists).forEach((list) => markOwn(list, open.user));
  try {
    localStorage.setItem('patchbot.person', person.id);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

function rememberedPerson() {
  try {
    return localStorage.getItem('patchbot.person');
  } catch {
    return null;
  }
}

async function start() {
  const answers = await guard(() => Promise.all([api.channels(), api.people()]));
  if (!answers) {
    return;
  }

  [room.channels, room.people] = answers;
  byId('person').append(...room.people.map(({ id, name }) => make('option', { value: id }, name)));
  pickPerson(rememberedPerson());

  byId('person').addEventListener('change', (event) => pickPerson(event.target.value));
  Object.values(lists).forEach((list) => list.addEventListener('click', onClick));
  Object.values(lists).forEach((list) => list.addEventListener('submit', onSubmit));
  byId('thread-close').addEventListener('click', () => go(open.channel));
  byId('newer').addEventListener('click', () => toEnd('main'));
  scrolls.main.addEventListener('scroll', () => { byId('newer').hidden ||= isAtEnd('main'); });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && open.thread !== null && !byId('ask').open) {
      go(open.channel);
    }
  });
  byId('demo').addEventListener('click', async ({ target }) => {
    if (!target.hasAttribute('aria-busy')) {
      target.setAttribute('aria-busy', 'true');
      await say(target.textContent);
      target.removeAttribute('aria-busy');
    }
  });
  addEventListener('hashchange', route);
  await route();

  listen({
    hello(resumed) {
      byId('connection').textContent = '';
      if (!resumed) {
        load();
      }
    },
    message: arrive,
    removed: ({ id, channel }) => { if (channel === open.channel) { forget(id); refresh(); } },
    lost() { byId('connection').textContent = 'Connection lost. Trying again…'; },
  });
}

start();
