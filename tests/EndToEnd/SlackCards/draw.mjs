// Draws golden messages and modals: node draw.mjs FOLDER THEME prints { name: { html, title, submit, close } }.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message } from 'slack-blocks-to-jsx';

const [folder, theme] = process.argv.slice(2);
const drawn = readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => {
  const { blocks, title, submit, close } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const html = renderToStaticMarkup(createElement(Message, { blocks, theme, name: 'PatchBot', logo: '', withoutWrapper: true }));
  return [file.slice(0, -'.json'.length), { html, title: title?.text, submit: submit?.text, close: close?.text }];
});
process.stdout.write(JSON.stringify(Object.fromEntries(drawn)));
