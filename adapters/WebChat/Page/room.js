// What the page shows: the channels, who one is, which channel and thread are open, and their messages.

import { byId, make } from './messages.js';

export const room = { channels: [], people: [], unread: new Map() };
export const open = { user: '', channel: '', thread: null, messages: new Map() };
export const lists = { main: byId('messages'), thread: byId('replies') };

const scrolls = { main: byId('messages-scroll'), thread: byId('replies-scroll') };

export const repliesOf = (root) => [...open.messages.values()].filter((view) => view.threadId === root).sort((a, b) => a.id - b.id);
export const nameOf = (channel) => room.channels.find((known) => known.id === channel)?.name ?? channel;

/** Opens a channel or a thread: the address says what is open, so that Back works. */
export const go = (channel, root) => { location.hash = root ? `${channel}/${root}` : channel; };

export function drawChannels() {
  byId('channels').replaceChildren(...room.channels.map(({ id, name }) => {
    const unread = room.unread.get(id);
    const link = make('a', { href: `#${id}`, 'aria-current': id === open.channel ? 'page' : undefined }, make('span', { class: 'channel' }, name));
    if (unread) {
      link.append(make('span', { class: 'unread' }, String(unread), make('span', { class: 'unseen' }, ' unread')));
    }

    return make('li', {}, link);
  }));
}

/* Where the reader stands */

export const isAtEnd = (which) => scrolls[which].scrollHeight - scrolls[which].scrollTop - scrolls[which].clientHeight < 80;
export const toEnd = (which) => { scrolls[which].scrollTop = scrolls[which].scrollHeight; };

/** Keeps a reader who was at the end there; another one is told that there is more. */
export function follow(which, wasAtEnd, hint) {
  if (wasAtEnd) {
    toEnd(which);
  } else if (hint) {
    byId('newer').hidden = false;
  }
}

scrolls.main.addEventListener('scroll', () => { byId('newer').hidden ||= isAtEnd('main'); });
