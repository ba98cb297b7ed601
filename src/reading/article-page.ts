import type { CheerioAPI } from 'cheerio';
import { load } from 'cheerio';

import type { Selectors } from '../domain/outlet.ts';
import type { ArticleText } from '../domain/page.ts';
import type { PublishedAt } from '../domain/published-at.ts';
import type { SelectedPart } from '../domain/selector-watch.ts';
import { authorFromText, readAuthor } from './article-author.ts';
import type { ArticleBody } from './article-body.ts';
import { readArticleBody } from './article-body.ts';
import { readSummary, statedDescription } from './article-summary.ts';
import { readTags } from './article-tags.ts';
import { readTitle } from './article-title.ts';
import { readAttachmentLinks } from './attachment-links.ts';
import { statedCanonicalUrl } from './canonical-url.ts';
import { decodeText } from './decode.ts';
import type { HtmlElement } from './html-node.ts';
import { textOf } from './html-node.ts';
import type { JsonObject } from './json-ld.ts';
import { stringOf, typesOf } from './json-ld.ts';
import { readLeadImage } from './lead-image.ts';
import { readLiveUpdates, withUpdates } from './live-updates.ts';
import { readModifiedAt } from './modified-at.ts';
import { ampUrl, nextPageUrl } from './next-page.ts';
import { unreadableReason } from './page-kind.ts';
import { languageOfText } from './page-language.ts';
import type { PageLinks } from './page-links.ts';
import { linksOf } from './page-links.ts';
import type { PageMetadata } from './page-metadata.ts';
import { readPageMetadata } from './page-metadata.ts';
import { publishedAtFromText, readPublishedAt, timeContext } from './page-published-at.ts';
import { parseHtml } from './parse-html.ts';
import { splitSignOff } from './sign-off.ts';
import { fullerBody } from './stated-body.ts';

/** What reading one page gave: the article's parts, or a short stable reason why there is none. */
export type ArticleReading =
  | {
      ok: true;
      text: ArticleText;
      /** The parts that the outlet's own selectors gave; all others are read generically. */
      selected: readonly SelectedPart[];
      /** Where the article goes on, or stands whole. */
      nextUrl?: string;
    }
  | {
      ok: false;
      reason: string;
      /** The AMP rendering that the page names. */
      ampUrl?: string;
    };

export interface ArticlePageOptions {
  /** The Content-Type header, if any. */
  readonly contentType?: string;
  /** Where the page was found; relative addresses are resolved against it. */
  readonly url: string;
  /** The outlet's own template, tried first; what it does not find is read generically. */
  readonly selectors?: Selectors;
  /** For a page further on in an article: the address of the first, and which page this is, from 2. */
  readonly continues?: { readonly firstUrl: string; readonly number: number };
  /** What the clock says; a time of publication after it is marked. Default: the present. */
  readonly now?: Date;
}

/** No article weighs this much; the fetcher has its own, lower, bound. */
const MAX_BYTES = 5_000_000;

/**
 * Reads the article out of a page as fetched. Never throws; takes less than a second whatever the bytes.
 *
 * @returns the article, or one of `too-large`, `not-html`, `error-page`, `listing`, `video`, `gallery`, `paywall`,
 *   `no-text`
 */
export function readArticlePage(bytes: Uint8Array, options: ArticlePageOptions): ArticleReading {
  if (bytes.length > MAX_BYTES) return { ok: false, reason: 'too-large' };
  const { text: html } = decodeText(bytes, {
    kind: 'html',
    ...(options.contentType === undefined ? {} : { contentType: options.contentType }),
  });
  if (!looksLikeHtml(html, options.contentType)) return { ok: false, reason: 'not-html' };

  const { root } = parseHtml(html);
  const template = options.selectors === undefined ? undefined : new Template(root, options.selectors);
  template?.drop();

  const metadata = readPageMetadata(root, options.url);
  const title = template?.text('title') ?? readTitle(metadata);
  const body = fullerBody(
    readArticleBody(root, title, {
      within: template?.element('body'),
      described: statedDescription(metadata),
    }),
    metadata,
  );
  const found = unreadableReason(root, metadata, title, body, options.url);
  // The last page of an article may well be two lines.
  const isShortEnd = found === 'no-text' && options.continues !== undefined && body.paragraphs.length > 0;
  const reason = isShortEnd ? undefined : found;
  const links = linksOf(root);
  if (reason !== undefined) {
    const amp = ampUrl(links, options.url);
    return { ok: false, reason, ...(amp === undefined ? {} : { ampUrl: amp }) };
  }
  const text = assemble({ root, links, metadata, title, body, template, options });
  const { firstUrl = options.url, number = 1 } = options.continues ?? {};
  const nextUrl = nextPageUrl(links, { url: options.url, firstUrl, number });
  // A string cut out of the page keeps all of the page in memory; the article is to outlive it.
  return {
    ok: true,
    text: JSON.parse(JSON.stringify(text)),
    selected: [...(template?.selected ?? [])],
    ...(nextUrl === undefined ? {} : { nextUrl }),
  };
}

function assemble(parts: {
  root: HtmlElement;
  links: PageLinks;
  metadata: PageMetadata;
  title: string;
  body: ArticleBody;
  template: Template | undefined;
  options: ArticlePageOptions;
}): ArticleText {
  const { root, links, metadata, title, body, template, options } = parts;
  const { text: summary, isSapo } = readSapo(metadata, template);
  const named =
    templateAuthor(template) ?? readAuthor(root, metadata, body.closing ?? [], { url: options.url, title });
  // Some templates print the source where others print the author.
  const isSource = /^theo\s/iu.test(named ?? '');
  const author = isSource ? undefined : named;
  const publishedAt = readTime(root, metadata, template, title, options);
  const section = readSection(metadata, title);
  const modifiedAt = readModifiedAt(root, metadata, publishedAt, options);
  const canonical = statedCanonicalUrl([metadata.canonical, metadata.meta.get('og:url')], options.url);
  const { paragraphs, credit = isSource ? named : undefined } = bodyText(body, author, isSapo ? summary : '');
  const updates = readUpdates(root, metadata, { title, body, publishedAt, modifiedAt }, options);
  const text = withUpdates(paragraphs, updates).join('\n');
  const attachments = readAttachmentLinks(links, { url: options.url, container: body.container });
  const tags = readTags(metadata, section, { title, text: `${summary}\n${text}` });
  const language = metadata.language ?? languageOfText(`${title} ${text}`);
  return {
    title,
    summary,
    body: text,
    ...(credit === undefined ? {} : { credit }),
    ...(author === undefined ? {} : { author }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    ...(section === undefined ? {} : { section }),
    ...readLeadImage(metadata, options.url),
    ...(canonical === undefined ? {} : { canonicalUrl: canonical }),
    ...(language === undefined ? {} : { language }),
    ...filled({ tags, updates, attachments }),
  };
}

/** The lists that hold something. */
function filled<T extends Record<string, readonly unknown[]>>(lists: T): Partial<T> {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)) as Partial<T>;
}

function readUpdates(
  root: HtmlElement,
  metadata: PageMetadata,
  {
    title,
    body,
    publishedAt,
    modifiedAt,
  }: {
    readonly title: string;
    readonly body: ArticleBody;
    readonly publishedAt: PublishedAt | undefined;
    readonly modifiedAt: PublishedAt | undefined;
  },
  { url, now = new Date() }: ArticlePageOptions,
) {
  const context = timeContext(root, metadata, url, now);
  const until = modifiedAt === undefined ? now : new Date(modifiedAt.at);
  return readLiveUpdates({ metadata, title, container: body.container, publishedAt, until, context });
}

function readSapo(metadata: PageMetadata, template: Template | undefined): { text: string; isSapo: boolean } {
  const text = template?.text('summary');
  if (text !== undefined) return { text, isSapo: true };
  const summary = readSummary(metadata);
  // Elsewhere the paragraph that a class calls the lead is the article's first.
  return { text: summary.text, isSapo: summary.isSapo || metadata.language?.startsWith('vi') === true };
}

/** The paragraphs without those that are told apart from them: the sapo, and the lines that sign the article. */
function bodyText({ paragraphs }: ArticleBody, author: string | undefined, sapo: string) {
  return splitSignOff(withoutSapo(paragraphs, sapo), author);
}

/** The sapo may stand above the text in several paragraphs, or with other spacing than in the summary. */
const SAPO_PARAGRAPHS = 4;
const MIN_SAPO_CHARS = 30;

function withoutSapo(paragraphs: readonly string[], sapo: string): readonly string[] {
  if (sapo === '') return paragraphs;
  const said = lettersOf(sapo);
  return paragraphs.filter((paragraph, index) => {
    if (index >= SAPO_PARAGRAPHS || paragraph.length < MIN_SAPO_CHARS) return paragraph !== sapo;
    return !said.includes(lettersOf(paragraph));
  });
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

const HTML_TYPE =
  /^\s*(?:text\/html|application\/xhtml\+xml|text\/plain|application\/xml|text\/xml)?\s*(?:;|$)/i;

function looksLikeHtml(html: string, contentType: string | undefined): boolean {
  if (contentType !== undefined && !HTML_TYPE.test(contentType)) return false;
  const start = html.slice(0, 2000);
  if (/^\s*(?:%PDF|\{|\[|PK[^a-z])/.test(start)) return false;
  return /<(?:!doctype\s+html|html|head|body|meta|title|div|p|article|script|link|table|h1)\b/i.test(
    html.slice(0, 20_000),
  );
}

function templateAuthor(template: Template | undefined): string | undefined {
  const text = template?.text('author');
  return text === undefined ? undefined : authorFromText(text);
}

function readTime(
  root: HtmlElement,
  metadata: PageMetadata,
  template: Template | undefined,
  title: string,
  { url, now = new Date() }: ArticlePageOptions,
): PublishedAt | undefined {
  const text = template?.text('publishedAt');
  const fromTemplate = text === undefined ? undefined : publishedAtFromText(text, now);
  if (fromTemplate === undefined) template?.selected.delete('publishedAt');
  return fromTemplate ?? readPublishedAt(root, metadata, { url, title, now });
}

function readSection({ article, meta, jsonLd }: PageMetadata, title: string): string | undefined {
  const section = stringOf(article?.articleSection) || meta.get('article:section') || breadcrumb(jsonLd);
  const isNone = section === '' || section === title || section.length > 80 || /^https?:/.test(section);
  return isNone ? undefined : section;
}

const HOME = /^(?:trang chủ|home|homepage|start|startseite|accueil|inicio)$/i;

/** The first step below the home page in a breadcrumb list; empty where there is none. */
function breadcrumb(jsonLd: PageMetadata['jsonLd']): string {
  const list = jsonLd.find((object) => typesOf(object).includes('breadcrumblist'))?.itemListElement;
  if (!Array.isArray(list)) return '';
  const names = list.slice(0, 8).map((step) => {
    if (typeof step !== 'object' || step === null) return '';
    const { name, item } = step as JsonObject;
    return stringOf(name) || (typeof item === 'object' ? stringOf(item) : '');
  });
  const below = names.filter((name) => name !== '' && !HOME.test(name) && !/^https?:/.test(name));
  // A list of one step is the home page under the outlet's own name, or the article itself.
  return names.length >= 2 ? (below[0] ?? '') : '';
}

/** An outlet's selectors on one page. A selector that finds nothing, or that is not one, counts as not given. */
class Template {
  private readonly page: CheerioAPI;
  private readonly selectors: Selectors;
  /** The parts found so far. */
  readonly selected = new Set<SelectedPart>();

  constructor(root: HtmlElement, selectors: Selectors) {
    this.page = load(root as never);
    this.selectors = selectors;
  }

  drop(): void {
    if (this.selectors.drop === undefined) return;
    try {
      this.page(this.selectors.drop).remove();
    } catch {
      // The configuration's own check reports selectors that do not parse; a page is read without them.
    }
  }

  element(part: SelectedPart): HtmlElement | undefined {
    const selector = this.selectors[part];
    if (selector === undefined) return undefined;
    try {
      const found = this.page(selector).get(0) as unknown as HtmlElement | undefined;
      if (found !== undefined) this.selected.add(part);
      return found;
    } catch {
      return undefined;
    }
  }

  text(part: SelectedPart): string | undefined {
    const element = this.element(part);
    if (element === undefined) return undefined;
    const text = element.attribs.content ?? element.attribs.datetime ?? textOf(element);
    if (text !== '') return text;
    this.selected.delete(part);
    return undefined;
  }
}
