// What the server sends, brought to where it belongs on the page.

import { api } from './api.js';
import { byId, place, remove, showReplies } from './messages.js';
import { drawChannels, follow, isAtEnd, lists, nameOf, open, repliesOf, room } from './room.js';
import { announce, guard } from './speech.js';

export async function load() {
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

export function forget(id) {
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
export function arrive(view) {
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

export function refresh() {
  byId('empty').hidden = open.messages.size > 0;
  const count = room.unread.get(open.channel);
  if (count) {
    room.unread.delete(open.channel);
    drawChannels();
  }
}
