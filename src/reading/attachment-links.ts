import { getDomain } from 'tldts';

import type { Attachment } from '../domain/page.ts';
import { nameWords } from './boilerplate.ts';
import { absoluteUrl } from './canonical-url.ts';
import type { HtmlElement } from './html-node.ts';
import { collapse, textOf } from './html-node.ts';
import type { PageLinks } from './page-links.ts';

/** A decision with all its annexes has fewer. */
const MAX_ATTACHMENTS = 10;
const MAX_TITLE_CHARS = 300;

/**
 * The files that a page offers as its own, in page order, at most ten, without their text.
 *
 * They are links to PDF or DOCX files (old Word files too: a reader may open them, we say that we cannot) inside the
 * article, or outside of it where the link or what it stands in speaks of documents or downloads; on the page's own
 * registrable domain or a government's. The library of forms in a sidebar and the brochures in a footer are neither.
 */
export function readAttachmentLinks(
  { anchors }: PageLinks,
  { url, container }: { readonly url: string; readonly container?: HtmlElement | undefined },
): readonly Attachment[] {
  const found = new Map<string, Attachment>();
  for (const element of anchors) {
    if (found.size >= MAX_ATTACHMENTS) break;
    const address = fileAddress(element, url);
    if (address === undefined || !isOwn(address, url) || !belongs(element, container)) continue;
    if (!found.has(address.href)) found.set(address.href, attachmentAt(element, address));
  }
  return [...found.values()];
}

const FILE = /\.(pdf|docx?)$/i;

function fileAddress({ attribs }: HtmlElement, base: string): URL | undefined {
  const { href = '' } = attribs;
  // Most links are no files: only what may be one is parsed.
  if (!/\.(?:pdf|docx?)/i.test(href)) return undefined;
  const address = absoluteUrl(href, base);
  if (address === undefined || fileName(address) === undefined) return undefined;
  address.hash = '';
  return address;
}

/** The name of the file that an address names in its path, or in a parameter of a download script. */
function fileName({ pathname, searchParams }: URL): string | undefined {
  for (const text of [pathname, ...searchParams.values()]) {
    const name = text.split('/').at(-1) ?? '';
    if (FILE.test(name)) return decoded(name);
  }
  return undefined;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function isOwn({ hostname }: URL, base: string): boolean {
  const site = (host: string) => getDomain(host) ?? host;
  return site(hostname) === site(new URL(base).hostname) || /(?:^|\.)gov\.vn$/.test(hostname);
}

/** Links that say no more than this say nothing of the file. */
const NO_TITLE =
  /^(?:tải (?:về|xuống|file|tệp)?|download|xem|xem chi tiết|chi tiết|tại đây|file|pdf|docx?|ở đây|here)?$/iu;

function attachmentAt(element: HtmlElement, address: URL): Attachment {
  const name = fileName(address) ?? address.pathname;
  const said = [textOf(element, MAX_TITLE_CHARS), element.attribs.title ?? '', element.attribs.download ?? '']
    .map(collapse)
    .find((text) => !NO_TITLE.test(text));
  const isWord = /\.docx?$/i.test(name);
  return {
    url: address.href,
    title: (said ?? collapse(name)).slice(0, MAX_TITLE_CHARS),
    kind: isWord ? 'docx' : 'pdf',
    ...(/\.doc$/i.test(name) ? { unreadReason: 'unsupported' } : {}),
  };
}

const SPEAKS_OF_FILE =
  /văn bản|tải (?:về|xuống|file|tệp)|(?:file|tệp|tài liệu) (?:đính )?kèm|đính kèm|toàn văn|phụ lục|công văn|quyết định|thông tư|nghị định|kế hoạch|thông báo|hướng dẫn|attachment|download/iu;
const NAMES_FILE =
  /(?:^| )(?:attach|attachments?|download|dinh kem|dinhkem|file|files|tai ve|tai lieu|vanban|van ban)(?: |$)/;
const APART =
  /(?:^| )(?:sidebar|footer|menu|nav|navbar|widget|header|banner|related|lien quan|lienquan|tin khac|tinkhac|quang cao)(?: |$)/;
const MAX_LEVELS = 16;
const NEAR_LEVELS = 3;

function belongs(element: HtmlElement, container: HtmlElement | undefined): boolean {
  let isNamed =
    SPEAKS_OF_FILE.test(textOf(element, MAX_TITLE_CHARS)) || SPEAKS_OF_FILE.test(element.attribs.title ?? '');
  let at: HtmlElement | null = element;
  for (let level = 0; level < MAX_LEVELS && at !== null; level += 1) {
    if (at === container) return true;
    const words = nameWords(at.attribs);
    if (at.name === 'nav' || at.name === 'footer' || at.name === 'header' || at.name === 'aside')
      return false;
    if (APART.test(words)) return false;
    if (level <= NEAR_LEVELS && NAMES_FILE.test(words)) isNamed = true;
    at = at.parent;
  }
  return isNamed;
}
