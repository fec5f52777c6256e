// Lists of messages: one element a message, in the order of their ids, changed in place.

import { replaceContent } from './keep.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

export const byId = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes).filter(([, value]) => value !== undefined).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}

/** Adds a message to the list, or changes the one that is there. Older versions than what is shown are ignored. */
export function place(list, view, options) {
  const shown = find(list, view.id);
  if (!shown) {
    const next = [...list.querySelectorAll(':scope > .message')].find((other) => Number(other.dataset.id) > view.id);
    list.insertBefore(build(view, options), next ?? null);
    markDays(list);
  } else if (Number(shown.dataset.version) < view.version) {
    shown.dataset.version = view.version;
    shown.querySelector('.edited').hidden = view.bot || view.version === 1;
    replaceContent(shown.querySelector('.content'), view.html);
  }
}

export const find = (list, id) => list.querySelector(`:scope > .message[data-id="${id}"]`);

export function remove(list, id) {
  find(list, id)?.remove();
  markDays(list);
}

/** Shows under a root message how many replies it has, and the last one. */
export function showReplies(list, rootId, replies) {
  const line = find(list, rootId)?.querySelector('.replies');
  if (!line) {
    return;
  }

  const last = replies.at(-1);
  line.hidden = !last;
  if (last) {
    line.replaceChildren(
      make('strong', {}, replies.length === 1 ? '1 reply' : `${replies.length} replies`),
      make('span', { class: 'last' }, `${last.authorName}: ${last.summary}`));
  }
}

/** Own messages can be edited and deleted. */
export function markOwn(list, user) {
  list.querySelectorAll(':scope > .message').forEach((message) => message.toggleAttribute('data-own', message.dataset.author === user));
}

function build(view, { user, inThread }) {
  const at = new Date(view.at);
  const content = make('div', { class: 'content' });
  content.innerHTML = view.html; // made and escaped by the server's renderer
  const edited = make('span', { class: 'edited' }, 'edited');
  edited.hidden = view.bot || view.version === 1;
  const replies = make('button', { type: 'button', class: 'replies', 'data-do': 'thread' });
  replies.hidden = true;

  const message = make('li', { class: 'message', tabindex: '-1', 'data-id': view.id, 'data-version': view.version, 'data-author': view.author, 'data-at': view.at },
    view.bot
      ? make('img', { class: 'avatar', src: '/webchat/icon.svg', alt: '' })
      : make('span', { class: 'avatar', 'aria-hidden': 'true', 'data-hue': hue(view.author) }, initials(view.authorName)),
    make('div', { class: 'said' },
      make('p', { class: 'by' },
        make('bdi', { class: 'name' }, view.authorName), ' ',
        ...(view.bot ? [make('span', { class: 'bot' }, 'Bot'), ' '] : []),
        make('time', { datetime: view.at, title: full.format(at) }, clock.format(at)), ' ', edited),
      content,
      ...(inThread ? [] : [replies])),
    make('div', { class: 'tools' },
      ...(inThread ? [] : [tool('thread', 'Reply', view)]),
      ...(content.querySelector('.card') ? [tool('looks', 'Slack and Teams', view)] : []),
      ...(view.bot ? [] : [tool('edit', 'Edit', view, true), tool('delete', 'Delete', view, true)])));
  message.toggleAttribute('data-own', view.author === user);
  return message;
}

const tool = (what, title, view, own = false) =>
  make('button', { type: 'button', class: own ? 'tool own' : 'tool', 'data-do': what, 'aria-label': `${title}: ${view.summary.slice(0, 60)}` }, title);

const initials = (name) => name.split(/\s+/).map((part) => [...part][0] ?? '').slice(0, 2).join('').toUpperCase();
const hue = (author) => [...author].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 6, 5);

function markDays(list) {
  list.querySelectorAll(':scope > .day').forEach((mark) => mark.remove());
  let last = '';
  list.querySelectorAll(':scope > .message').forEach((message) => {
    const name = day.format(new Date(message.dataset.at));
    if (name !== last) {
      message.before(make('li', { class: 'day' }, make('span', {}, name)));
      last = name;
    }
  });
}
