/**
 * Offers fields and their values while a search is typed. Everything works without it.
 *
 * The pattern is the combobox with a list of the ARIA Authoring Practices: the focus stays in the field, arrows move
 * through the list, Enter takes what is chosen, Escape closes.
 */

/** Who types on is not answered in between. */
const WAIT_MS = 120;
/** The term at the end of a text: after the last space, sign or parenthesis that stands in no quotation marks. */
const TERM = /(?:[^\s():"]+:"[^"]*|[^\s()"]*)$/u;

const field = document.querySelector('[data-completions]');
const list = document.getElementById(field?.dataset.completions ?? '');

let chosen = -1;
let timer;
let asked;

function termBefore(caret) {
  const term = TERM.exec(field.value.slice(0, caret))?.[0] ?? '';
  return term.replace(/^-/u, '');
}

function close() {
  clearTimeout(timer);
  asked?.abort();
  list.hidden = true;
  list.replaceChildren();
  choose(-1);
  field.setAttribute('aria-expanded', 'false');
  field.removeAttribute('aria-controls');
}

function choose(at) {
  chosen = at;
  [...list.children].forEach((option, place) => {
    option.setAttribute('aria-selected', String(place === at));
    if (place === at) option.scrollIntoView({ block: 'nearest' });
  });
  if (at === -1) field.removeAttribute('aria-activedescendant');
  else field.setAttribute('aria-activedescendant', list.children[at].id);
}

function take(option) {
  const caret = field.selectionStart ?? field.value.length;
  const begin = caret - termBefore(caret).length;
  const text = option.dataset.text;
  // A field still waits for its value.
  const put = text.endsWith(':') ? text : `${text} `;
  // What is left of a value's closing quotation mark goes with it.
  const rest = field.value.slice(caret).replace(/^"?\s*/u, '');
  field.value = field.value.slice(0, begin) + put + rest;
  field.setSelectionRange(begin + put.length, begin + put.length);
  close();
  if (text.endsWith(':')) offer();
}

function show(completions) {
  if (completions.length === 0) {
    close();
    return;
  }
  list.replaceChildren(
    ...completions.map(({ text, label }, place) => {
      const option = document.createElement('div');
      option.id = `${list.id}-${place}`;
      option.role = 'option';
      option.dataset.text = text;
      const written = document.createElement('span');
      written.className = 'completion-text';
      written.textContent = text;
      option.append(label, ' ', written);
      return option;
    }),
  );
  list.hidden = false;
  field.setAttribute('aria-expanded', 'true');
  field.setAttribute('aria-controls', list.id);
  choose(-1);
}

async function ask(term) {
  asked?.abort();
  asked = new AbortController();
  try {
    const address = `/api/v1/completions?${new URLSearchParams({ term })}`;
    const response = await fetch(address, { signal: asked.signal });
    if (response.ok) show((await response.json()).completions);
  } catch {
    // Another term was typed meanwhile, or nobody answers: then nothing is offered.
  }
}

function offer() {
  clearTimeout(timer);
  const term = termBefore(field.selectionStart ?? field.value.length);
  if (term === '') {
    close();
    return;
  }
  timer = setTimeout(() => ask(term), WAIT_MS);
}

const KEYS = {
  ArrowDown: () => choose((chosen + 1) % list.children.length),
  ArrowUp: () => choose((chosen <= 0 ? list.children.length : chosen) - 1),
  Enter: () => take(list.children[chosen]),
  Tab: () => take(list.children[chosen]),
};

if (field !== null && list !== null) {
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-autocomplete', 'list');
  close();
  field.addEventListener('input', (event) => {
    if (!event.isComposing) offer();
  });
  field.addEventListener('compositionend', offer);
  field.addEventListener('keydown', (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
      return;
    }
    const act = KEYS[event.key];
    const needsChoice = event.key === 'Enter' || event.key === 'Tab';
    if (act === undefined || (needsChoice && chosen === -1)) return;
    event.preventDefault();
    act();
  });
  field.addEventListener('blur', close);
  // Before the field loses the focus.
  list.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    const option = event.target.closest('[role="option"]');
    if (option !== null) take(option);
  });
}
