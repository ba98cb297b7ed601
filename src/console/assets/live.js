/**
 * Keeps an open page up to date and its address short. Everything works without it.
 *
 * The server tells over `/events` that something has changed; the page is then asked for again and the parts marked
 * `data-live` are exchanged, unless the reader is in the middle of them: then a button offers the news.
 */

/** Further down than this a reader is reading, and the list must not move. */
const READING_FROM_PX = 200;
const AT_MOST_EVERY_MS = 4000;

const regions = () => [...document.querySelectorAll('[data-live]')];

function isReading() {
  return (
    window.scrollY > READING_FROM_PX || regions().some((region) => region.contains(document.activeElement))
  );
}

async function latestPage() {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok) throw new Error(`The page was answered with ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

function exchange(page) {
  for (const region of regions()) {
    const fresh = page.getElementById(region.id);
    if (fresh !== null) region.replaceWith(document.adoptNode(fresh));
  }
  for (const selector of ['.masthead nav', '.pulse', '.colophon']) {
    const fresh = page.querySelector(selector);
    if (fresh !== null) document.querySelector(selector)?.replaceWith(document.adoptNode(fresh));
  }
}

/** What readers would notice: not the minutes that pass. */
function gist(root) {
  return [...root.querySelectorAll('[data-live]')]
    .map((region) => {
      const copy = region.cloneNode(true);
      for (const time of copy.querySelectorAll('time')) time.remove();
      return copy.textContent;
    })
    .join('\n');
}

function offer(page) {
  document.querySelector('.fresh')?.remove();
  const button = document.createElement('button');
  button.className = 'fresh primary';
  button.type = 'button';
  button.textContent = document.body.dataset.freshNews ?? '';
  button.addEventListener('click', () => {
    button.remove();
    exchange(page);
    window.scrollTo({ top: 0 });
  });
  const status = document.createElement('div');
  status.setAttribute('role', 'status');
  status.append(button);
  document.body.append(status);
}

let lastLook = 0;
async function refresh() {
  if (document.hidden || Date.now() - lastLook < AT_MOST_EVERY_MS) return;
  lastLook = Date.now();
  const page = await latestPage();
  if (!isReading()) exchange(page);
  else if (gist(page) !== gist(document)) offer(page);
}

function keepUp() {
  let known;
  const events = new EventSource('/events');
  events.addEventListener('news', ({ data }) => {
    const isNew = known !== undefined && known !== data;
    known = data;
    if (isNew) refresh().catch(() => {});
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) refresh().catch(() => {});
  });
  window.addEventListener('pagehide', () => events.close());
}

/** Leaves out of the address what narrows nothing. */
function shortenAddress(form) {
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === '') formData.delete(name);
    if (formData.has('from') || formData.has('to')) formData.delete('period');
  });
}

const typedFields = (form) =>
  [...form.elements].filter(({ tagName, type }) => tagName === 'TEXTAREA' || type === 'text');

/** Puts back what was typed in this tab and never kept: a session ended, a browser was closed by mistake. */
function restoreTyped(form, key) {
  const typed = JSON.parse(sessionStorage.getItem(key) ?? '{}');
  const lost = typedFields(form).filter(({ name, value }) => name in typed && typed[name] !== value);
  if (lost.length === 0) return;
  for (const field of lost) field.value = typed[field.name];
  const note = document.createElement('p');
  note.className = 'notice plain';
  note.setAttribute('role', 'status');
  note.textContent = form.dataset.unsaved;
  form.prepend(note);
}

/** What was typed and not sent is not lost by a slip: the browser asks first, and the tab remembers. */
function guardUnsaved(form) {
  const key = `unsaved ${form.action}`;
  // The server says `notice` once it has kept everything.
  if (new URLSearchParams(location.search).has('notice')) sessionStorage.removeItem(key);
  else restoreTyped(form, key);
  let isDirty = false;
  form.addEventListener('input', () => {
    isDirty = true;
    const typed = typedFields(form).map(({ name, value }) => [name, value]);
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(typed)));
  });
  form.addEventListener('submit', () => {
    isDirty = false;
  });
  window.addEventListener('beforeunload', (event) => {
    if (isDirty) event.preventDefault();
  });
}

if (regions().length > 0) keepUp();
for (const form of document.querySelectorAll('[data-unsaved]')) guardUnsaved(form);
for (const form of document.querySelectorAll('[data-filters]')) shortenAddress(form);
