// What stands folded under a picture: what is read aloud, and the JSON to copy.

import { make } from '../messages.js';

const fold = (title, ...content) => make('details', { class: 'look-fold' }, make('summary', {}, title), ...content);

/** Words under the names of the members that hold them: a string is a name, all else what it holds. */
export const aside = (title, parts) => fold(title, ...parts.map((part) => (typeof part === 'string' ? make('h4', {}, make('code', {}, part)) : part)));

/** A payload, exactly as it is sent, indented. */
export function json(title, payload) {
  const shown = make('pre', { tabindex: '0', 'aria-label': title }, JSON.stringify(payload, null, 2));
  const copy = make('button', { type: 'button', class: 'button', 'data-style': 'default' }, 'Copy');
  const said = make('span', { role: 'status' });
  copy.addEventListener('click', async () => { said.textContent = await copied(shown); });
  return fold(title, make('p', { class: 'look-copy' }, copy, ' ', said), shown);
}

// The clipboard exists in secure contexts only, and a remote page may be plain http.
async function copied(shown) {
  try {
    await navigator.clipboard.writeText(shown.textContent);
    return 'Copied.';
  } catch {
    getSelection().selectAllChildren(shown);
    return 'Selected: copy it with your keyboard.';
  }
}
