// Draws golden messages and modals: node draw.mjs FOLDER THEME prints { name: { html, title, submit, close } }.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message } from 'slack-blocks-to-jsx';

// Slack shows pictures for these, whatever fonts a machine has.
const colors = { red_circle: '#dd2e44', large_yellow_circle: '#fdcb58', large_green_circle: '#78b159', large_blue_circle: '#55acee', white_circle: '#e6e7e8' };
const disc = (background) => createElement('span', { className: 'disc', style: { background } });
const marks = { warning: ['⚠', '#b8860b'], information_source: ['ℹ', '#1d6fb8'], white_check_mark: ['✔', '#2b7a0b'], rotating_light: ['‼', '#dd2e44'] };
const mark = ([sign, color]) => createElement('span', { style: { color } }, sign);
const hooks = { emoji: ({ name }) => (colors[name] ? disc(colors[name]) : mark(marks[name])) };

// Slack marks fields that may stay empty.
const labelled = (block) => (block.optional ? { ...block, label: { ...block.label, text: `${block.label.text} (optional)` } } : block);

const [folder, theme] = process.argv.slice(2);
const drawn = readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => {
  const { blocks, title, submit, close } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const html = renderToStaticMarkup(createElement(Message, { blocks: blocks.map(labelled), theme, name: 'PatchBot', logo: '', hooks, withoutWrapper: true }));
  return [file.slice(0, -'.json'.length), { html, title: title?.text, submit: submit?.text, close: close?.text }];
});
process.stdout.write(JSON.stringify(Object.fromEntries(drawn)));
