// Evaluated on the web chat's page: draws payloads with the page's own modules into its own dialog, and says what is wrong.
async () => {
  const [slack, teams] = await Promise.all(['slack', 'teams'].map((name) => import(`/webchat/looks/${name}.js`)));
  const scene = { at: '2023-11-25T12:00:00Z', press() {}, close() {} };
  const dialog = document.getElementById('looks');
  const pair = document.getElementById('looks-pair');

  /* Words and actions, without what a platform adds of its own */

  const ownOfSlack = '.sl-by, .sl-x, .sl-app-icon, .sl-away, .sl-emoji, option[value=""]';
  const ownOfTeams = '.tm-by, .tm-bar, .tm-menu > summary, option[value=""]';
  const inlineOnes = 'strong, code, time, .sl-link, .sl-optional, .sl-rich span, .tm-run, .look-unknown';

  const split = (text) => text.replaceAll('\u200B', '').match(/[\p{L}\p{N}_./:\\-]*[\p{L}\p{N}_]/gu) ?? [];

  function wordsOf(part) {
    const copy = part.cloneNode(true);
    copy.querySelectorAll('*').forEach((one) => one.matches(inlineOnes) || one.append('\n'));
    return split(copy.textContent);
  }

  function bare(picture, own) {
    const copy = picture.cloneNode(true);
    copy.querySelectorAll(own).forEach((one) => one.remove());
    return copy;
  }

  const detailsOf = (picture) => [...picture.querySelectorAll('.sl-actions > :last-child')].find(({ textContent }) => textContent === 'Details');

  // Slack: details are behind a button, a time is followed by the reader's own, and a short button begins what another text says whole.
  function slackWords(picture) {
    const copy = bare(picture, ownOfSlack);
    copy.querySelectorAll('.sl-date').forEach((date) => {
      date.textContent = date.textContent.startsWith(`${date.title.split(' (')[0]} (`) ? date.title : 'wrong time';
    });

    // Sections have no lists, so marks are text there.
    copy.normalize();
    copy.querySelectorAll('.sl-section p').forEach((lines) => [...lines.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).forEach((node) => {
      node.data = node.data.replace(node.previousSibling ? /(\n)(?:•|\d+\.) +/g : /(^|\n)(?:•|\d+\.) +/g, '$1');
    }));
    detailsOf(copy)?.remove();
    const submit = copy.querySelector('.sl-submit');
    if (submit?.textContent.endsWith('…')) {
      const whole = [...copy.querySelectorAll('h4, p')].find(({ textContent }) => textContent.startsWith(submit.textContent.slice(0, -1)));
      submit.textContent = whole?.textContent ?? submit.textContent;
    }

    // A heading that is too long for the title is a header; then the title says nothing that the form does not.
    if (copy.querySelector('.sl-title') && (copy.querySelector('.sl-header') || !submit)) {
      copy.querySelector('.sl-title').remove();
    }

    return copy;
  }

  // In Teams a heading that is too long for its button stands before it.
  const foldsOf = (copy) => [...copy.querySelectorAll('[aria-expanded]')].map((button) => {
    const set = button.closest('.tm-actions');
    const before = button.textContent === 'Show or hide' ? set.previousElementSibling : null;
    return { parts: [set, set.nextElementSibling, ...(before ? [before] : [])], heading: before?.textContent ?? button.textContent.replace(' (show or hide)', ''), content: set.nextElementSibling };
  });

  // Teams: list marks are text. What is folded counts where Slack has it in its place, and not where Slack opens it by a button.
  function teamsWords(picture, titled, behindButton) {
    const copy = bare(picture, ownOfTeams);
    copy.querySelectorAll('.tm-text').forEach((line) => {
      const mark = line.firstElementChild?.textContent;
      /^(•|\d+\.) +$/.test(mark) && line.firstElementChild.remove();
    });
    foldsOf(copy).forEach(({ parts: [set, content, before], heading }) => {
      set.replaceChildren(...(before || behindButton ? [] : [heading]));
      behindButton && [content, before].forEach((part) => part?.remove());
    });

    // Slack's title stands above everything, what was wrong included.
    titled && copy.querySelector('.tm-card').prepend(copy.querySelector('h4'));
    return copy;
  }

  const looks = { primary: 'primary', positive: 'primary', danger: 'danger', destructive: 'danger' };
  const actionsOf = (copy, buttons) => [...copy.querySelectorAll(buttons)].map((one) => `${one.tagName} ${looks[one.dataset.style] ?? ''} ${one.textContent}`);

  function foldedWords(picture) {
    const copy = bare(picture, ownOfTeams);
    return [...wordsOf(copy.querySelector('h4')), ...foldsOf(copy).flatMap(({ heading, content }) => [...split(heading), ...wordsOf(content)])];
  }

  const differ = (what, one, other) => {
    const at = one.findIndex((word, index) => word !== other[index]);
    const from = at < 0 ? one.length : at;
    return at < 0 && one.length === other.length ? [] : [`${what} differ: Slack has “${one.slice(from, from + 6).join(' ')}”, Teams “${other.slice(from, from + 6).join(' ')}”`];
  };

  /* What the eye would find */

  const isSeen = (part) => part.getClientRects().length > 0;

  function overhangs(picture) {
    const { left, right } = picture.getBoundingClientRect();
    return [...picture.querySelectorAll('*')].filter(isSeen).filter((part) => {
      const box = part.getBoundingClientRect();
      return box.right > right + 0.5 || box.left < left - 0.5;
    }).map((part) => `Hangs over: ${part.outerHTML.slice(0, 120)}`);
  }

  const channels = (color) => {
    const brush = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
    brush.fillStyle = color;
    brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color) => color.slice(0, 3).map((channel) => channel / 255)
    .map((channel) => (channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
    .reduce((sum, channel, index) => sum + channel * [0.2126, 0.7152, 0.0722][index], 0);

  function ground(part) {
    const color = part ? channels(getComputedStyle(part).backgroundColor) : [255, 255, 255, 255];
    return color[3] > 0 ? color : ground(part.parentElement);
  }

  function faint(picture) {
    const found = new Set();
    const walker = document.createTreeWalker(picture, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      if (node.textContent.trim() && isSeen(holder) && !holder.matches('option, .sl-emoji')) {
        const [light, dark] = [channels(getComputedStyle(holder).color), ground(holder)].map(luminance).sort((a, b) => b - a);
        const ratio = (light + 0.05) / (dark + 0.05);
        ratio < 4.5 && found.add(`Hard to read: ${ratio.toFixed(2)} to 1: ${node.textContent.slice(0, 60)}`);
      }
    }

    return [...found];
  }

  const nameOf = (control) => control.getAttribute('aria-label') || control.textContent.trim() || [...control.labels ?? []].map((label) => label.textContent).join('');

  function seen(picture) {
    picture.querySelectorAll('[aria-expanded="false"]').forEach((fold) => fold.click());
    picture.querySelectorAll('details').forEach((menu) => { menu.open = true; });
    return [
      ...(split(picture.textContent).length > 0 ? [] : ['Draws nothing.']),
      ...[...picture.querySelectorAll('.look-unknown')].map((part) => `Draws what it does not know: ${part.textContent}`),
      ...[...picture.querySelectorAll('script, style, iframe, object, link, img:not([src="/webchat/icon.svg"])')].map((part) => `Is no part of a picture: ${part.outerHTML.slice(0, 120)}`),
      ...[...picture.querySelectorAll('a:not([href^="https:"]), a:not([rel~="noopener"])')].map((part) => `Leads where it must not: ${part.outerHTML.slice(0, 120)}`),
      ...[...picture.querySelectorAll('button, a, input, select, textarea, summary')].filter((control) => !nameOf(control)).map((control) => `Has no name: ${control.outerHTML.slice(0, 120)}`),
      ...overhangs(picture), ...faint(picture),
    ];
  }

  function menu(picture, card) {
    const [hidden, secondary] = [picture.querySelectorAll('.tm-menu > div > *').length, JSON.stringify(card).split('"mode":"secondary"').length - 1];
    return hidden === secondary ? [] : [`Has ${hidden} actions in the menu, Teams ${secondary}`];
  }

  /** Draws both and returns what is wrong, as sentences. `blocks` is a golden message or modal, `card` the Adaptive Card of the same. */
  window.showLooks = (blocks, card, theme) => {
    const modal = blocks.type === 'modal';
    const one = modal ? slack.drawModal(blocks, scene) : slack.drawMessage(blocks.blocks, scene);
    const other = modal && blocks.submit ? teams.drawDialog('Dialog', card, scene) : teams.drawMessage(card, scene);
    const holder = (name, picture) => {
      const held = document.createElement('section');
      held.className = 'look';
      held.setAttribute('aria-label', name);
      held.append(picture);
      return held;
    };
    pair.replaceChildren(holder('Slack', one), holder('Teams', other));
    dialog.dataset.theme = theme;
    dialog.open || dialog.showModal();

    const words = slackWords(one);
    const compared = modal && !blocks.submit
      ? differ('Words', wordsOf(words.querySelector('.sl-blocks')), foldedWords(other))
      : [
        ...differ('Words', wordsOf(words), wordsOf(teamsWords(other, words.querySelector('.sl-title'), detailsOf(one)))),
        ...differ('Actions', actionsOf(words, '.sl-actions > *, .sl-submit'), actionsOf(teamsWords(other), '.tm-button')),
      ];
    return [...compared, ...menu(other, card), ...seen(one).map((fault) => `Slack: ${fault}`), ...seen(other).map((fault) => `Teams: ${fault}`)];
  };

  /** What stands in a picture, as a reader meets it. */
  window.lookText = (name) => pair.querySelector(`[aria-label="${name}"]`).textContent;
}
