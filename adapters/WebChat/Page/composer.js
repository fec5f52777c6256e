// A box to write in: grows with its text, sends on Enter, keeps what could not be sent.

export function composer(form, send) {
  const box = form.querySelector('textarea');
  const drafts = new Map();
  let place = '';
  let sending = false;

  const fit = () => {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight + 2, 180)}px`;
  };

  box.addEventListener('input', fit);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = box.value;
    if (!text.trim() || sending) {
      return;
    }

    const from = place;
    sending = true;
    form.setAttribute('aria-busy', 'true');
    try {
      if (await send(text)) {
        drafts.delete(from);
        // What was typed on meanwhile stays.
        if (place === from && box.value === text) {
          box.value = '';
          fit();
        }
      }
    } finally {
      sending = false;
      form.removeAttribute('aria-busy');
    }
  });

  return {
    focus: () => box.focus(),
    /** Moves to another channel or thread; each keeps its own draft. */
    moveTo(next, hint) {
      if (place !== next) {
        drafts.set(place, box.value);
        place = next;
        box.value = drafts.get(place) ?? '';
        fit();
      }

      box.placeholder = hint;
    },
  };
}
