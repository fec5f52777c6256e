// The page: finds out what its address opens, and brings clicks and keys to whoever does something about them.

import { edit, erase, press, say } from './acting.js';
import { api, listen } from './api.js';
import { composer } from './composer.js';
import { looksArrive, showLooks } from './looks/looks.js';
import { byId, make, markOwn, place } from './messages.js';
import { arrive, forget, load, refresh } from './reading.js';
import { drawChannels, follow, go, isAtEnd, lists, nameOf, open, repliesOf, room, toEnd } from './room.js';
import { guard } from './speech.js';

const isNarrow = matchMedia('(max-width: 860px)');
const main = composer(byId('composer'), (text) => say(text));
const thread = composer(byId('thread-composer'), (text) => say(text, open.thread));
let opener = null;

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
  } else if (view && button.dataset.do === 'looks') {
    showLooks(view);
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
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && open.thread !== null && !document.querySelector('dialog[open]')) {
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
    message(view) {
      arrive(view);
      looksArrive(view);
    },
    removed: ({ id, channel }) => { if (channel === open.channel) { forget(id); refresh(); } },
    lost() { byId('connection').textContent = 'Connection lost. Trying again…'; },
  });
}

start();
