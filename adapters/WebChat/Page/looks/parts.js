// What both pictures are made with. Everything out of a payload becomes text or the value of an attribute of ours, never markup.

import { make } from '../messages.js';

/** What this page does not know how to draw is seen, not left out. */
export const unknown = (what) => make('span', { class: 'look-unknown' }, `unknown: ${what}`);

/**
 * Draws things by their `type`.
 * @param kinds by type: `members`, all that such a thing may have besides its type, and `draw(thing, scene)`, which answers a node.
 */
export function drawer(kinds) {
  const known = new Map(Object.entries(kinds));
  const draw = (thing, scene) => {
    const kind = known.get(thing?.type);
    return kind
      ? [kind.draw(thing, scene, draw), ...strangers(thing, ['type', ...kind.members])]
      : [unknown(thing?.type ?? typeof thing)];
  };
  return draw;
}

/** Members that a thing has and that nobody here draws. */
export const strangers = (thing, members, name = thing.type) =>
  Object.keys(thing).filter((member) => !members.includes(member)).map((member) => unknown(`${name}.${member}`));

const isPage = (address) => {
  try {
    return new URL(address).protocol === 'https:';
  } catch {
    return false;
  }
};

/** A link to a page; what is none looks like one, says where it leads, and leads nowhere. */
export const link = (address, attributes, ...children) => isPage(address)
  ? make('a', { ...attributes, href: address, target: '_blank', rel: 'noopener noreferrer' }, ...children)
  : make('span', { ...attributes, title: String(address) }, ...children);

/** A button of a picture: what it would do is told, and not done. */
export function button(attributes, title, pressed) {
  const made = make('button', { ...attributes, type: 'button' }, title);
  made.addEventListener('click', () => pressed(made));
  return made;
}

let names = 0;

/** Choices that are all seen at once. */
export function radios(className, choices, chosen) {
  const name = `look-${++names}`;
  return make('span', { class: className }, ...choices.map(({ title, value }) => {
    const field = make('input', { type: 'radio', name });
    field.checked = value === chosen;
    return make('label', {}, field, make('span', {}, title));
  }));
}

/** Choices in a list that opens; nothing is chosen unless the payload says so. */
export function select(choices, chosen, placeholder = '') {
  const made = make('select', {}, make('option', { value: '' }, placeholder), ...choices.map(({ title, value }) => make('option', { value }, title)));
  made.value = chosen ?? '';
  return made;
}

export const text = (multiline, attributes, value) => multiline
  ? make('textarea', { ...attributes, rows: '3' }, value ?? '')
  : make('input', { ...attributes, type: 'text', value: value ?? '', autocomplete: 'off' });

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** Who says it, as both platforms show above a message. */
export const by = (prefix, at, mark) => make('p', { class: `${prefix}-by` },
  make('strong', {}, 'PatchBot'), ...(mark ? [' ', make('span', { class: `${prefix}-app` }, mark)] : []), ' ',
  make('time', { datetime: at }, clock.format(new Date(at))));

export const icon = (className) => make('img', { class: className, src: '/webchat/icon.svg', alt: '' });
