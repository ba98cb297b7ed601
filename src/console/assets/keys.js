/**
 * Keys for those who read many pages a day, and a sign that something is under way. Everything works without it.
 *
 * No key does anything while somebody types, with a modifier held, or once the reader has turned keys off (WCAG 2.1.4).
 */

const OFF = 'nyt-keys-off';
/** After `g` the next key is waited for so long. */
const SECOND_KEY_MS = 1500;
/** Who is answered sooner needs no sign. */
const BUSY_AFTER_MS = 300;
/** What has not led to another page by then was a file. */
const BUSY_AT_MOST_MS = 15_000;

const dialog = document.getElementById('keys');
const choice = dialog?.querySelector('input');

function isOff() {
  try {
    return localStorage.getItem(OFF) === 'yes';
  } catch {
    return false;
  }
}

function isTyping({ target }) {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

function entries() {
  const lists = document.querySelectorAll('[data-list], .wire, .wire-day, .incident-list');
  const rows = [...lists].flatMap((list) => [...list.querySelectorAll('li, tbody tr, .wire-item')]);
  const links = rows.map((row) => row.querySelector('h3 a, th a, .timeline-title a, a'));
  return [...new Set(links)].filter((link) => link !== null);
}

function move(step) {
  const links = entries();
  if (links.length === 0) return;
  const at = links.indexOf(document.activeElement);
  const next = at === -1 ? (step > 0 ? 0 : links.length - 1) : at + step;
  const link = links[Math.max(0, Math.min(links.length - 1, next))];
  link?.focus();
  link?.scrollIntoView({ block: 'nearest' });
}

function search() {
  const field = document.querySelector('main input[type="search"]');
  if (field === null) location.assign('/articles#q');
  else field.focus();
}

function follow(key) {
  document.querySelector(`.masthead [data-key="${CSS.escape(key)}"]`)?.click();
}

let waitsUntil = 0;
const ACTS = {
  '/': search,
  '?': () => dialog?.showModal(),
  j: () => move(1),
  k: () => move(-1),
  n: () => document.querySelector('.neighbours [rel="next"]')?.click(),
  p: () => document.querySelector('.neighbours [rel="prev"]')?.click(),
  g: () => {
    waitsUntil = Date.now() + SECOND_KEY_MS;
  },
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event) || dialog?.open === true || isOff()) return;
  const isSecond = Date.now() < waitsUntil;
  waitsUntil = 0;
  const act = isSecond ? () => follow(event.key) : ACTS[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});

for (const button of document.querySelectorAll('[data-keys-open]')) {
  button.hidden = false;
  button.addEventListener('click', () => dialog?.showModal());
}
if (choice) {
  choice.checked = !isOff();
  choice.addEventListener('change', () => {
    try {
      localStorage.setItem(OFF, choice.checked ? 'no' : 'yes');
    } catch {
      // Nothing is kept where the browser keeps nothing.
    }
  });
}

/** A line on top of the page while the next one is waited for. */
let timer;
function busy() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    document.body.dataset.busy = '';
    timer = setTimeout(idle, BUSY_AT_MOST_MS);
  }, BUSY_AFTER_MS);
}

function idle() {
  clearTimeout(timer);
  delete document.body.dataset.busy;
  for (const button of document.querySelectorAll('button[aria-busy]')) button.removeAttribute('aria-busy');
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (link === null || !isPlain || event.defaultPrevented) return;
  const { origin, pathname, search: query } = new URL(link.href);
  const isHere = pathname === location.pathname && query === location.search;
  if (origin === location.origin && !isHere && !link.hasAttribute('download')) busy();
});

document.addEventListener('submit', (event) => {
  event.submitter?.setAttribute('aria-busy', 'true');
  busy();
});

window.addEventListener('pageshow', idle);
