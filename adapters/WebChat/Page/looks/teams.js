// Draws Adaptive Cards and dialogs as Teams does: a picture, in which nothing acts but what shows and hides its own parts.

import { make } from '../messages.js';
import { button, by, drawer, icon, link, radios, select, strangers, text, unknown } from './parts.js';

const spaced = ({ spacing, separator }) => ({ 'data-spacing': spacing, 'data-separator': separator ? '' : undefined });

function run({ text: said, weight, isSubtle, size, fontType, selectAction }) {
  const words = fontType === 'monospace' ? make('code', {}, said) : said;
  const look = { class: 'tm-run', 'data-weight': weight, 'data-size': size, 'data-subtle': isSubtle ? '' : undefined };
  return selectAction ? link(selectAction.url, { ...look, class: 'tm-run tm-link' }, words) : make('span', look, words);
}

const inline = drawer({ TextRun: { members: ['text', 'weight', 'isSubtle', 'size', 'fontType', 'selectAction'], draw: run } });

/* Buttons */

const look = ({ style, tooltip }) => ({ class: 'tm-button', 'data-style': style, title: tooltip });
const common = ['title', 'style', 'mode', 'tooltip'];
const pressable = (...members) => ({
  members: [...common, 'data', 'associatedInputs', ...members],
  draw: (action, { press }) => button(look(action), action.title, (place) => press(action, place)),
});

// Clients show and hide by themselves; this picture is one.
function toggle(action) {
  return button({ ...look(action), 'aria-expanded': 'false' }, action.title, (pressed) => {
    const parts = [...pressed.closest('.tm-card').querySelectorAll('[data-id]')].filter((part) => action.targetElements.includes(part.dataset.id));
    parts.forEach((part) => { part.hidden = !part.hidden; });
    pressed.setAttribute('aria-expanded', String(parts.some((part) => !part.hidden)));
  });
}

const actionOf = drawer({
  'Action.Execute': pressable('verb', 'fallback'),
  'Action.Submit': pressable('msteams'),
  'Action.OpenUrl': { members: [...common, 'url'], draw: (action) => link(action.url, look(action), action.title) },
  'Action.ToggleVisibility': { members: [...common, 'targetElements'], draw: toggle },
});

function actions(set, scene) {
  const [first, rest] = [false, true].map((menu) => set.actions.filter(({ mode }) => (mode === 'secondary') === menu).flatMap((action) => actionOf(action, scene)));
  return make('div', { class: 'tm-actions', ...spaced(set) }, ...first, ...(rest.length === 0 ? [] : [
    make('details', { class: 'tm-menu' }, make('summary', { class: 'tm-button', 'aria-label': 'More actions' }, '…'), make('div', {}, ...rest)),
  ]));
}

/* Fields */

const titled = ({ label, isRequired }) => make('span', { class: 'tm-label', 'data-required': isRequired ? '' : undefined }, label);
const field = ['id', 'label', 'isRequired', 'errorMessage', 'value'];
const input = (members, draw) => ({ members: [...field, ...members], draw: (thing) => make('label', { class: 'tm-field' }, titled(thing), draw(thing)) });

function choiceSet(set) {
  return set.style === 'expanded'
    ? make('div', { class: 'tm-field', role: 'radiogroup', 'aria-label': set.label }, titled(set), radios('tm-radios', set.choices, set.value))
    : make('label', { class: 'tm-field' }, titled(set), select(set.choices, set.value, set.placeholder));
}

/* Elements */

const tag = ({ style }) => (style === 'heading' ? 'h4' : 'p');

function container(box, scene, draw) {
  const flows = box.layouts?.some(({ type }) => type === 'Layout.Flow');
  const made = make('div', {
    class: 'tm-container', ...spaced(box), 'data-id': box.id, 'data-ground': box.style, 'data-flow': flows ? '' : undefined,
    'data-bleed': box.bleed ? '' : undefined, 'data-border': box.showBorder ? '' : undefined, 'data-round': box.roundedCorners ? '' : undefined,
  }, ...box.items.flatMap((item) => draw(item, scene)), ...(box.layouts ?? []).filter(({ type }) => type !== 'Layout.Flow').map(({ type }) => unknown(type)));
  made.hidden = box.isVisible === false;
  return made;
}

function column(part, scene, draw) {
  const made = make('div', { class: 'tm-column' }, ...part.items.flatMap((item) => draw(item, scene)));
  if (/^\d+px$/.test(part.width)) {
    made.style.flex = `0 0 ${part.width}`;
  }

  return made;
}

const element = drawer({
  Container: { members: ['id', 'style', 'bleed', 'showBorder', 'roundedCorners', 'spacing', 'layouts', 'items', 'isVisible'], draw: container },
  ColumnSet: {
    members: ['spacing', 'columns'],
    draw: (set, scene, draw) => make('div', { class: 'tm-columns', ...spaced(set) }, ...set.columns.flatMap((part) => draw(part, scene))),
  },
  Column: { members: ['width', 'items'], draw: column },
  TextBlock: {
    members: ['text', 'style', 'size', 'weight', 'wrap', 'separator', 'spacing'],
    draw: (said) => make(tag(said), { class: 'tm-text', ...spaced(said), 'data-size': said.size, 'data-weight': said.weight }, said.text),
  },
  RichTextBlock: { members: ['spacing', 'inlines'], draw: (said) => make('p', { class: 'tm-text', ...spaced(said) }, ...said.inlines.flatMap((part) => inline(part))) },
  Badge: {
    members: ['text', 'style', 'appearance', 'shape', 'size', 'fallback'],
    draw: (badge) => make('span', { class: 'tm-badge', 'data-ground': badge.style, 'data-appearance': badge.appearance }, badge.text),
  },
  ActionSet: { members: ['spacing', 'actions'], draw: actions },
  'Input.Text': input(['isMultiline', 'maxLength', 'placeholder'], (thing) => text(thing.isMultiline, { maxlength: thing.maxLength, placeholder: thing.placeholder }, thing.value)),
  'Input.Date': input([], (thing) => make('input', { type: 'date', value: thing.value ?? '' })),
  'Input.ChoiceSet': { members: [...field, 'style', 'wrap', 'placeholder', 'choices'], draw: choiceSet },
});

const members = ['type', '$schema', 'version', 'lang', 'fallbackText', 'speak', 'msteams', 'refresh', 'body'];

/**
 * A card alone.
 * @param press what to do with a button: `press(action, element)`.
 */
export const drawCard = (card, { press }) => make('div', { class: 'tm tm-card' },
  ...card.body.flatMap((part) => element(part, { press })), ...strangers(card, members));

/** A message of the bot. */
export const drawMessage = (card, { at, press }) => make('article', { class: 'tm tm-message' },
  icon('tm-icon'), make('div', { class: 'tm-said' }, by('tm', at), drawCard(card, { press })));

/** What a button opens. Its title is the form's heading. */
export const drawDialog = (title, card, { press, close }) => make('section', { class: 'tm tm-dialog', role: 'group', 'aria-label': `Teams dialog: ${title}` },
  make('header', { class: 'tm-bar' }, icon('tm-app-icon'), make('p', { class: 'tm-title' }, title), button({ class: 'tm-x', 'aria-label': 'Close the dialog' }, '×', close)),
  drawCard(card, { press }));
