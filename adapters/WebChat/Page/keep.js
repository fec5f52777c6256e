// Shows new content in place of old without taking away what the reader has open, typed or focused.

const titleOf = (element) => element.querySelector(':scope > summary')?.textContent ?? '';
const folds = (root) => [...root.querySelectorAll('details')];

// Ids in a card change with its version, so fields are known by the fold they are in, and their name.
const fieldKey = (field) => `${titleOf(field.closest('details') ?? field)}\n${field.name}`;
const fields = (root) => [...root.querySelectorAll('input, textarea, select')];
const pressables = (root) => [...root.querySelectorAll('button, summary, a')];

const isTyped = (field) => field instanceof HTMLSelectElement
  ? [...field.options].some((option) => option.selected !== option.defaultSelected)
  : field.value !== field.defaultValue;

export function replaceContent(element, html) {
  const open = folds(element).filter((fold) => fold.open).map(titleOf);
  const typed = new Map(fields(element).filter(isTyped).map((field) => [fieldKey(field), field.value]));
  const focus = element.contains(document.activeElement) ? describe(document.activeElement) : null;

  element.innerHTML = html;

  folds(element).filter((fold) => open.includes(titleOf(fold))).forEach((fold) => { fold.open = true; });
  fields(element).filter((field) => typed.has(fieldKey(field))).forEach((field) => { field.value = typed.get(fieldKey(field)); });
  if (focus) {
    refocus(element, focus);
  }
}

function describe(active) {
  return active.matches('input, textarea, select')
    ? { field: fieldKey(active), from: selection(active, 'selectionStart'), to: selection(active, 'selectionEnd') }
    : { press: active.textContent };
}

function refocus(element, focus) {
  const target = focus.field
    ? fields(element).find((field) => fieldKey(field) === focus.field)
    : pressables(element).find((press) => press.textContent === focus.press);
  if (target) {
    target.focus({ preventScroll: true });
    if (focus.from !== null && focus.from !== undefined) {
      target.setSelectionRange(focus.from, focus.to);
    }
  } else {
    // What had the focus is gone, such as a button that was pressed: stay at its message.
    element.closest('[tabindex]')?.focus({ preventScroll: true });
  }
}

// Some input types have no selection; Chromium answers null, others throw.
function selection(field, end) {
  try {
    return field[end];
  } catch {
    return null;
  }
}
