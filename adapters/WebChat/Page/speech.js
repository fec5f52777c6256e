// What is said beside the messages: notices that float up, announcements for screen readers, and questions.

import { byId, make } from './messages.js';

const readingTime = 9000;

/** What was refused before is no longer news once something else is tried. */
export const forgetAlerts = () => byId('alerts').replaceChildren();

/** Warnings and refusals interrupt and stay; anything else is polite and goes by itself. */
export function notify(tone, text) {
  const urgent = tone === 'warning' || tone === 'danger';
  const close = make('button', { type: 'button', class: 'quiet', 'aria-label': 'Dismiss this notice' }, 'Dismiss');
  const toast = make('div', { class: 'toast', 'data-tone': tone }, make('p', {}, text), close);
  close.addEventListener('click', () => toast.remove());
  const place = byId(urgent ? 'alerts' : 'notices');
  place.append(toast);
  if (place.children.length > 4) {
    place.firstElementChild.remove();
  }

  if (!urgent) {
    setTimeout(function leave() {
      // Not while someone reads it.
      toast.matches(':hover, :focus-within') ? setTimeout(leave, 1000) : toast.remove();
    }, readingTime);
  }
}

const waiting = [];

/** Tells a screen reader of a message; a burst is told as its number. */
export function announce(line) {
  waiting.push(line);
  if (waiting.length > 1) {
    return;
  }

  setTimeout(() => {
    const log = byId('announcer');
    const lines = waiting.length > 3 ? [`${waiting.length} new messages. The last: ${waiting.at(-1)}`] : [...waiting];
    waiting.length = 0;
    log.append(...lines.map((text) => make('p', {}, text)));
    while (log.children.length > 20) {
      log.firstElementChild.remove();
    }
  }, 250);
}

/** Asks in a dialog. Resolves with the form that was sent, or null. */
export function ask(form) {
  const dialog = byId('ask');
  const alerts = byId('alerts');
  const cancel = make('button', { type: 'button', class: 'button', 'data-style': 'default' }, 'Cancel');
  form.querySelector('[type="button"]')?.remove();
  form.append(cancel);
  // Nothing behind an open dialog can be heard or dismissed, so refusals stand in it.
  dialog.replaceChildren(alerts, form);
  dialog.setAttribute('aria-label', form.querySelector('h4')?.textContent ?? 'PatchBot asks');
  cancel.addEventListener('click', () => dialog.close());
  return new Promise((resolve) => {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      event.stopPropagation();
      forgetAlerts();
      resolve(form);
      dialog.close();
    });
    dialog.addEventListener('close', () => {
      resolve(null);
      if (!dialog.open) {
        document.querySelector('.toasts').prepend(alerts);
      }
    }, { once: true });
    dialog.showModal();
    form.querySelector('input, textarea, select')?.focus();
  });
}

/** Asks again, with what was typed, until it is taken or given up. */
export async function askUntil(form, taken) {
  while (await ask(form)) {
    if (await taken(form)) {
      return;
    }
  }
}

/** A form from HTML that the server rendered. */
export function formOf(html) {
  const holder = make('div');
  holder.innerHTML = html;
  return holder.firstElementChild;
}

/** Does something that may be refused; a refusal is shown, and null comes back. */
export async function guard(work) {
  try {
    return await work() ?? true;
  } catch (refusal) {
    notify('danger', refusal.message);
    return null;
  }
}
