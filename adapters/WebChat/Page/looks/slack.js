// Draws blocks, modals and questions as Slack does: a picture, in which nothing acts.

import { make } from '../messages.js';
import { button, by, drawer, icon, link, radios, select, strangers, text } from './parts.js';
import { rich, words } from './slack-text.js';

// A label, a title, an option: plain text objects that are part of something else.
const label = ({ text: said }) => said;

const choices = (options) => options.map((option) => ({ title: label(option.text), value: option.value }));

const element = drawer({
  button: {
    members: ['text', 'action_id', 'value', 'url', 'style', 'confirm'],
    draw(pressed, { press }) {
      const look = { class: 'sl-button', 'data-style': pressed.style };
      return pressed.url?.startsWith('https:')
        ? link(pressed.url, look, label(pressed.text))
        : button(look, label(pressed.text), (place) => press(pressed, place));
    },
  },
  plain_text_input: {
    members: ['action_id', 'multiline', 'max_length', 'placeholder', 'initial_value'],
    draw: (field) => text(field.multiline, { maxlength: field.max_length, placeholder: field.placeholder && label(field.placeholder) }, field.initial_value),
  },
  datepicker: {
    members: ['action_id', 'initial_date'],
    draw: ({ initial_date: chosen }) => make('input', { type: 'date', value: chosen ?? '' }),
  },
  static_select: {
    members: ['action_id', 'options', 'initial_option'],
    draw: ({ options, initial_option: chosen }) => select(choices(options), chosen?.value),
  },
  radio_buttons: {
    members: ['action_id', 'options', 'initial_option'],
    draw: ({ options, initial_option: chosen }) => radios('sl-radios', choices(options), chosen?.value),
  },
});

const isGroup = (field) => field.type === 'radio_buttons';

function input({ label: said, optional, element: field }, scene) {
  const title = make('span', { class: 'sl-label' }, label(said), ...(optional ? [make('span', { class: 'sl-optional' }, ' (optional)')] : []));
  return isGroup(field)
    ? make('div', { class: 'sl-field', role: 'radiogroup', 'aria-label': label(said) }, title, ...element(field, scene))
    : make('label', { class: 'sl-field' }, title, ...element(field, scene));
}

const block = drawer({
  header: { members: ['text'], draw: ({ text: said }) => make('h4', { class: 'sl-header' }, label(said)) },
  section: { members: ['text'], draw: ({ text: said }) => make('div', { class: 'sl-section' }, ...words(said)) },
  context: { members: ['elements'], draw: ({ elements }) => make('div', { class: 'sl-context' }, ...elements.flatMap(words)) },
  divider: { members: [], draw: () => make('hr') },
  rich_text: { members: ['elements'], draw: ({ elements }) => make('div', { class: 'sl-rich' }, ...rich(elements)) },
  actions: { members: ['elements'], draw: ({ elements }, scene) => make('div', { class: 'sl-actions' }, ...elements.flatMap((one) => element(one, scene))) },
  input: { members: ['block_id', 'label', 'optional', 'element'], draw: input },
});

const drawn = (blocks, scene) => make('div', { class: 'sl-blocks' }, ...blocks.flatMap((one) => block(one, scene)));

/**
 * A message of the bot.
 * @param press what to do with a button: `press(button, element)`.
 */
export const drawMessage = (blocks, { at, press }) => make('article', { class: 'sl sl-message' },
  icon('sl-icon'), make('div', { class: 'sl-said' }, by('sl', at, 'APP'), drawn(blocks, { press })));

/** What a button opens. `press` gets the button that sends, `close` is for those that do not. */
export function drawModal(view, { press, close }) {
  const { title, submit, close: away, blocks } = view;
  return make('section', { class: 'sl sl-modal', role: 'group', 'aria-label': `Slack modal: ${label(title)}` },
    make('header', { class: 'sl-bar' }, icon('sl-app-icon'), make('h4', { class: 'sl-title' }, label(title)), button({ class: 'sl-x', 'aria-label': 'Close the modal' }, '×', close)),
    drawn(blocks, { press }),
    make('footer', { class: 'sl-foot' },
      button({ class: 'sl-button sl-away' }, label(away), close),
      ...(submit ? [button({ class: 'sl-button sl-submit', 'data-style': 'primary' }, label(submit), (place) => press(view, place))] : [])),
    ...strangers(view, ['type', 'callback_id', 'private_metadata', 'title', 'submit', 'close', 'blocks']));
}

/** Slack's own question before a press. */
export const drawQuestion = (asked, { press, close }) => make('section', { class: 'sl sl-modal', role: 'group', 'aria-label': `Slack asks: ${label(asked.title)}` },
  make('header', { class: 'sl-bar' }, make('h4', { class: 'sl-title' }, label(asked.title)), button({ class: 'sl-x', 'aria-label': 'Close the question' }, '×', close)),
  make('div', { class: 'sl-blocks' }, ...words(asked.text)),
  make('footer', { class: 'sl-foot' },
    button({ class: 'sl-button sl-away' }, label(asked.deny), close),
    button({ class: 'sl-button sl-submit', 'data-style': asked.style ?? 'primary' }, label(asked.confirm), (place) => press(asked, place))),
  ...strangers(asked, ['title', 'text', 'confirm', 'deny', 'style'], 'confirm'));
