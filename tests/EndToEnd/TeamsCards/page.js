// Draws cards with the official renderer, in colours like those of Teams' themes, and looks for what is wrong with them.

const themes = {
  light: { page: '#f5f5f5', card: '#ffffff', text: '#242424', subtle: '#616161', accent: '#4f52b2', good: '#0e700e', warning: '#835c00', attention: '#b10e1c', line: '#d1d1d1', brand: '#5b5fc7', onBrand: '#ffffff', grounds: ['#f0f0f0', '#f1faf1', '#fff9f5', '#fdf3f4', '#e8ebfa'] },
  dark: { page: '#1f1f1f', card: '#292929', text: '#ffffff', subtle: '#adadad', accent: '#aab1fa', good: '#92c353', warning: '#f8d22a', attention: '#f1a6ad', line: '#666666', brand: '#5b5fc7', onBrand: '#ffffff', grounds: ['#333333', '#052505', '#3d2b00', '#3b0509', '#2f2f4a'] },
  contrast: { page: '#000000', card: '#000000', text: '#ffffff', subtle: '#ffffff', accent: '#ffff01', good: '#3ff23f', warning: '#ffff01', attention: '#ff8a8a', line: '#ffffff', brand: '#1aebff', onBrand: '#000000', grounds: ['#000000', '#000000', '#000000', '#000000', '#000000'] },
};

function hostConfig(theme) {
  const ink = (color, subtle) => ({ default: color, subtle: subtle ?? color });
  const foregroundColors = {
    default: ink(theme.text, theme.subtle), dark: ink(theme.text, theme.subtle), light: ink(theme.text, theme.subtle), accent: ink(theme.accent),
    good: ink(theme.good), warning: ink(theme.warning), attention: ink(theme.attention),
  };
  const [emphasis, good, warning, attention, accent] = theme.grounds.map((backgroundColor) => ({ backgroundColor, foregroundColors }));
  const label = { weight: 'bolder' };
  return new AdaptiveCards.HostConfig({
    fontFamily: 'inherit',
    supportsInteractivity: true,
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: theme.line },
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    containerStyles: { default: { backgroundColor: theme.card, foregroundColors }, emphasis, good, warning, attention, accent },
    actions: { maxActions: 6, spacing: 'default', buttonSpacing: 8, actionsOrientation: 'horizontal', actionAlignment: 'left' },
    inputs: { label: { requiredInputs: { ...label, suffix: ' *', suffixColor: 'attention' }, optionalInputs: label }, errorMessage: { color: 'attention', size: 'small' } },
    textBlock: { headingLevel: 3 },
  });
}

AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownit().render(text);
  result.didProcess = true;
};

/** Shows a card and returns what is wrong with it, as sentences. */
window.show = (json, themeName, width, open) => {
  const theme = themes[themeName];
  Object.entries(theme).forEach(([name, color]) => document.documentElement.style.setProperty(`--${name}`, color));
  const card = new AdaptiveCards.AdaptiveCard();
  const context = new AdaptiveCards.SerializationContext();
  card.hostConfig = hostConfig(theme);
  card.parse(json, context);
  const element = card.render();
  element.classList.add('shown');
  element.style.width = `${width}px`;
  document.body.replaceChildren(element);
  if (open) {
    [...element.querySelectorAll('button')].filter((button) => button.textContent.endsWith('(show or hide)')).forEach((button) => button.click());
  }

  // Badges are known to Teams alone, and each has a fallback. The renderer's check of "lang" remembers where it stopped in the
  // card before, so it refuses "en" every other time.
  const expected = /^Unknown element type "Badge"|^Invalid value "en" for property "lang"/;
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index)).concat(card.validateProperties().validationEvents);
  return [
    ...events.filter((event) => !expected.test(event.message)).map((event) => `Renderer: ${event.message}`),
    ...overhangs(element).map((name) => `Hangs over: ${name}`),
    ...[...element.querySelectorAll('button, a, input, select, textarea')].filter((control) => !nameOf(control)).map((control) => `Has no name: ${control.outerHTML.slice(0, 200)}`),
    ...faint(element).map((found) => `Hard to read: ${found}`),
  ];
};

const visible = (element) => element.getClientRects().length > 0;

function overhangs(card) {
  const { right } = card.getBoundingClientRect();
  return [...card.querySelectorAll('*')].filter((part) => visible(part) && part.getBoundingClientRect().right > right + 0.5).map((part) => part.textContent.slice(0, 80));
}

const textOf = (ids) => (ids ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim();
const nameOf = (control) => control.getAttribute('aria-label') || textOf(control.getAttribute('aria-labelledby')) || control.textContent.trim() || [...control.labels ?? []].map((label) => label.textContent).join('');

function faint(card) {
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (node.textContent.trim() && visible(holder) && holder.tagName !== 'OPTION') {
      const ratio = contrast(channels(getComputedStyle(holder).color), groundOf(holder));
      if (ratio < 4.5) {
        found.push(`${ratio.toFixed(2)} to 1: ${node.textContent.slice(0, 60)}`);
      }
    }
  }

  return found;
}

const channels = (color) => color.match(/[\d.]+/g).map(Number);

function groundOf(element) {
  for (let part = element; part; part = part.parentElement) {
    const color = channels(getComputedStyle(part).backgroundColor);
    if (color.length === 3 || color[3] > 0) {
      return color;
    }
  }

  return [255, 255, 255];
}

function contrast(one, other) {
  const [light, dark] = [one, other].map(luminance).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const luminance = (color) => color.slice(0, 3)
  .map((channel) => channel / 255)
  .map((channel) => (channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
  .reduce((sum, channel, index) => sum + channel * [0.2126, 0.7152, 0.0722][index], 0);
