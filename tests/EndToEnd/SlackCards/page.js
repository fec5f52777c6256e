// Puts drawn blocks into a frame like Slack's, alone or beside the Adaptive Card of the same card, and looks for what is wrong.

const element = (name, className, ...children) => {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
};

// A shadow keeps the two style sheets apart.
async function frame({ html, title, submit, close }, theme, width) {
  const blocks = element('div', 'blocks');
  blocks.innerHTML = html;
  const head = title ? element('p', 'title', title) : element('p', 'from', 'PatchBot', element('span', 'app', 'APP'));
  const foot = element('div', 'foot', ...[[close, 'close'], [submit, 'submit']].filter(([text]) => text).map(([text, name]) => element('button', name, text)));
  const shown = element('div', 'slack slack_blocks_to_jsx styles_enabled', head, blocks, ...foot.children.length ? [foot] : []);
  shown.dataset.theme = theme;
  shown.style.width = `${width}px`;
  const host = element('div', 'host');
  const links = ['node_modules/slack-blocks-to-jsx/dist/style.css', 'page.css'].map((href) => Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
  const loaded = links.map((link) => new Promise((resolve, reject) => Object.assign(link, { onload: resolve, onerror: () => reject(new Error(link.href)) })));
  host.attachShadow({ mode: 'open' }).append(...links, shown);
  return { host, shown, loaded: Promise.all(loaded) };
}

/** Shows blocks and returns what is wrong with them, as sentences. */
window.showBlocks = async (drawn, theme, width) => {
  const { host, shown, loaded } = await frame(drawn, theme, width);
  document.body.replaceChildren(host);
  await loaded;
  const parts = [...shown.querySelector('.blocks').children];
  return [
    ...parts.length ? [] : ['Draws nothing.'],
    ...parts.flatMap((part) => [...part.querySelectorAll(':scope > *')]).filter((part) => !part.textContent.trim() && !part.querySelector('input, textarea, hr')).map((part) => `Draws an empty block: ${part.outerHTML.slice(0, 200)}`),
    ...overhangs(shown).map((text) => `Hangs over: ${text}`),
  ];
};

/** Shows an Adaptive Card and the blocks of the same card, each as its platform does. */
window.showBoth = async (card, drawn, theme, width) => {
  show(card, theme, width, false);
  const teams = document.querySelector('.shown');
  const { host, loaded } = await frame(drawn, theme, width);
  const both = element('div', 'both', teams, host);
  Object.assign(both.style, { display: 'inline-flex', alignItems: 'flex-start', gap: '24px', padding: '16px', background: 'var(--page)' });
  document.body.replaceChildren(both);
  await loaded;
};
