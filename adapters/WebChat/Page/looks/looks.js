// The dialog that shows one message as Slack and as Teams get it, side by side.

import { api } from '../api.js';
import { byId, make } from '../messages.js';
import { guard } from '../speech.js';
import { aside, json } from './folds.js';
import { drawMessage as drawInSlack, drawModal, drawQuestion } from './slack.js';
import { mrkdwn } from './slack-text.js';
import { drawDialog, drawMessage as drawInTeams } from './teams.js';

const dialog = byId('looks');
const isDark = matchMedia('(prefers-color-scheme: dark)');

const dress = () => { dialog.dataset.theme = byId('looks-theme').value || (isDark.matches ? 'dark' : 'light'); };

let shown = null;

/** Opens the dialog, or draws anew in it; the focus comes back to where it was when it closes. */
export async function showLooks(view) {
  const looks = await guard(() => api.looks(view.id));
  if (looks) {
    shown = looks;
    dress();
    byId('looks-changed').replaceChildren();
    byId('looks-pair').replaceChildren(slack(view, looks.slack), teams(view, looks.teams));
    dialog.open || dialog.showModal();
    byId('looks-heading').focus();
    byId('looks-pair').scrollTop = 0;
  }
}

/** A message came or changed. What is looked at stays until the reader wants it anew. */
export function looksArrive(view) {
  if (dialog.open && view.id === shown.id && view.version > shown.version) {
    const anew = make('button', { type: 'button', class: 'button', 'data-style': 'default' }, 'Show it anew');
    anew.addEventListener('click', () => showLooks(view));
    byId('looks-changed').replaceChildren(make('p', {}, 'The card has changed meanwhile.', anew));
  }
}

/** One platform: its picture, and under it what a button there opens. */
function side(name, draw, ...beside) {
  const opened = make('div', { class: 'look-opened' });
  const said = make('p', { class: 'look-said', role: 'status' });
  let opener = null;

  const close = () => {
    opened.replaceChildren();
    said.textContent = '';
    opener.focus();
  };
  const tell = (what) => { said.textContent = `${what} Here nothing is sent: this is a picture.`; };
  const only = (what) => {
    opened.replaceChildren();
    tell(what);
  };
  const open = (picture, payload, from) => {
    opener = from;
    opened.replaceChildren(picture, json('JSON of what is opened', payload));
    said.textContent = `Opened by “${from.textContent}”.`;
    picture.tabIndex = -1;
    picture.focus();
    picture.scrollIntoView({ block: 'nearest' });
  };

  const section = make('section', { class: 'look', 'aria-label': name },
    make('h3', {}, name), make('div', { class: 'look-picture' }, draw({ open, close, tell, only })), said, opened, ...beside);
  section.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && opened.hasChildNodes()) {
      // Not the dialog around it.
      event.preventDefault();
      close();
    }
  });
  return section;
}

const reaches = (platform) => `In ${platform} this reaches PatchBot.`;

function slack(view, { text, blocks, modals }, classic = false) {
  const draw = ({ open, close, tell, only }) => {
    const within = { close, press: () => tell(reaches('Slack')) };
    return drawInSlack(blocks, {
      at: view.at,
      press(button, from) {
        const modal = modals[button.action_id];
        if (modal) {
          open(drawModal(modal, within), modal, from);
        } else if (button.confirm) {
          open(drawQuestion(button.confirm, within), button.confirm, from);
        } else {
          only(button.url ? `In Slack this opens ${button.url}.` : reaches('Slack'));
        }
      },
    });
  };
  return side('Slack', draw,
    aside('What is heard, and begins a notification', ['text', ...mrkdwn(text)]),
    json('JSON, for the Block Kit Builder', { blocks }),
    classicBox(view, classic));
}

// Some stand-ins of Slack draw no rich text, and get the same in sections.
function classicBox(view, on) {
  const box = make('input', { type: 'checkbox' });
  box.checked = on;
  box.addEventListener('change', async () => {
    const looks = await guard(() => api.looks(view.id, box.checked));
    if (looks) {
      const anew = slack(view, looks.slack, box.checked);
      box.closest('.look').replaceWith(anew);
      anew.querySelector('.look-classic input').focus();
    }
  });
  return make('label', { class: 'look-classic' }, box, ' As classic sections, for stand-ins that draw no rich text');
}

function teams(view, { card, dialogs }) {
  const draw = ({ open, close, tell, only }) => drawInTeams(card, {
    at: view.at,
    press(action, from) {
      const { form } = action.data?.patchbot ?? {};
      const opened = form && dialogs[form.id];
      if (opened) {
        open(drawDialog(form.heading, opened, { close, press: () => tell(reaches('Teams')) }), opened, from);
      } else {
        only(reaches('Teams'));
      }
    },
  });
  return side('Teams', draw,
    aside('What is heard, and what stands where cards cannot', ['speak', make('p', {}, card.speak), 'fallbackText', make('p', {}, card.fallbackText)]),
    json('JSON, for the Adaptive Cards Designer', card));
}

byId('looks-close').addEventListener('click', () => dialog.close());
byId('looks-theme').addEventListener('change', dress);
isDark.addEventListener('change', dress);
dialog.addEventListener('close', () => byId('looks-pair').replaceChildren());
