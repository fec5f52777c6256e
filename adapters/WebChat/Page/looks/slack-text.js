// Words as Slack shows them: rich text, and the mrkdwn of sections and of a message's text.

import { make } from '../messages.js';
import { drawer, link, strangers, unknown } from './parts.js';

const emojis = new Map(Object.entries({
  white_circle: '⚪️', large_blue_circle: '🔵', large_green_circle: '🟢', large_yellow_circle: '🟡', red_circle: '🔴',
  information_source: 'ℹ️', white_check_mark: '✅', warning: '⚠️', rotating_light: '🚨',
}));

const emoji = (name) => emojis.has(name)
  ? make('span', { class: 'sl-emoji', role: 'img', 'aria-label': name.replaceAll('_', ' '), title: `:${name}:` }, emojis.get(name))
  : `:${name}:`;

/* Instants: Slack puts in each reader's own time. */

const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const near = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const dayNumber = (date) => Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);

function pretty(at) {
  const away = dayNumber(at) - dayNumber(new Date());
  return Math.abs(away) <= 1 ? near.format(away, 'day') : day.format(at);
}

const tokens = new Map(Object.entries({ date_short_pretty: pretty, time: (at) => time.format(at) }));

function instant({ timestamp, format, fallback }) {
  const at = new Date(timestamp * 1000);
  const words = format.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : tokens.get(part)?.(at) ?? unknown(`{${part}}`)));
  return make('time', { class: 'sl-date', datetime: at.toISOString(), title: fallback }, ...words);
}

/* Rich text */

function run({ text, style = {} }) {
  const words = style.code ? make('code', {}, text) : text;
  return make('span', {}, style.bold ? make('strong', {}, words) : words, ...strangers(style, ['bold', 'code'], 'style'));
}

const within = ({ elements }, scene, draw) => elements.flatMap((element) => draw(element, scene));

const richText = drawer({
  text: { members: ['text', 'style'], draw: run },
  link: { members: ['url', 'text'], draw: ({ url, text }) => link(url, { class: 'sl-link' }, text) },
  emoji: { members: ['name'], draw: ({ name }) => make('span', {}, emoji(name)) },
  date: { members: ['timestamp', 'format', 'fallback'], draw: instant },
  rich_text_section: { members: ['elements'], draw: (...part) => make('p', {}, ...within(...part)) },
  rich_text_quote: { members: ['elements'], draw: (...part) => make('blockquote', {}, ...within(...part)) },
  rich_text_list: {
    members: ['style', 'elements'],
    draw: ({ style, elements }, scene, draw) =>
      make(style === 'ordered' ? 'ol' : 'ul', {}, ...elements.map((item) => make('li', {}, ...draw(item, scene)))),
  },
});

export const rich = (elements) => elements.flatMap((element) => richText(element));

/* mrkdwn */

// A mark amid a word is none.
const marked = /<([^<>|\s]+)\|([^<>]*)>|:([\w+-]+):|(?<![\p{L}\p{N}])(?:\*([^\n]+?)\*|`([^`\n]+)`)(?![\p{L}\p{N}])/gu;

const plain = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

function inline(line) {
  const nodes = [];
  let from = 0;
  for (const found of line.matchAll(marked)) {
    const [whole, address, label, name, strong, code] = found;
    nodes.push(plain(line.slice(from, found.index)));
    nodes.push(address ? link(plain(address), { class: 'sl-link' }, plain(label))
      : name ? emoji(name)
      : strong ? make('strong', {}, plain(strong))
      : make('code', {}, plain(code)));
    from = found.index + whole.length;
  }

  return [...nodes, plain(line.slice(from))];
}

/** Lines that begin with > are one quote together; all others stand as they are. */
export function mrkdwn(text) {
  const parts = [];
  for (const line of text.split('\n')) {
    const quoted = line.startsWith('>');
    const last = parts.at(-1);
    if (last?.quoted === quoted) {
      last.lines.push(quoted ? line.slice(1) : line);
    } else {
      parts.push({ quoted, lines: [quoted ? line.slice(1) : line] });
    }
  }

  return parts.map(({ quoted, lines }) => make(quoted ? 'blockquote' : 'p', {},
    ...lines.flatMap((line, index) => [...(index === 0 ? [] : ['\n']), ...inline(line)])));
}

const textObject = drawer({
  plain_text: { members: ['text', 'emoji'], draw: ({ text }) => make('p', {}, text) },
  mrkdwn: { members: ['text', 'verbatim'], draw: ({ text }) => make('div', {}, ...mrkdwn(text)) },
});

/** A text object as paragraphs. */
export const words = (object) => textObject(object);
