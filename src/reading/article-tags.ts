import type { HtmlElement } from './html-node.ts';
import { elementsOf, textOf } from './html-node.ts';
import { plainText } from './html-text.ts';
import { surroundingsOf } from './page-landmarks.ts';
import type { PageMetadata } from './page-metadata.ts';

const MAX_TAGS = 30;
const MAX_TAG_CHARS = 80;

/**
 * The keywords that the outlet gave the article, as printed, each once: the visible list of tags, `article:tag`,
 * JSON-LD and `news_keywords` together; `<meta name=keywords>`, which many templates fill with the same words on
 * every page, only where there is nothing else, and of it only what occurs in the article.
 *
 * @param section  no tag, nor is the title; `text` is summary and body
 */
export function readTags(
  metadata: PageMetadata,
  section: string | undefined,
  { title, text }: { readonly title: string; readonly text: string },
): string[] {
  const { article, meta, repeated } = metadata;
  const stated = [
    ...visibleTags(metadata),
    ...(repeated.get('article:tag') ?? repeated.get('og:article:tag') ?? []).flatMap(splitTags),
    ...jsonLdTags(article?.keywords),
    ...splitTags(meta.get('news_keywords') ?? ''),
    ...(repeated.get('parsely-tags') ?? []).flatMap(splitTags),
  ];
  const barred = [title, section, meta.get('og:site_name'), meta.get('application-name')];
  const tags = tidyTags(stated, barred);
  if (tags.length > 0) return tags;
  const listed = splitTags(meta.get('keywords') ?? '').filter((tag) => tag !== '');
  if (listed.length === 0) return [];
  const words = ` ${key(title)} ${key(text)} `;
  return tidyTags(
    listed.filter((tag) => words.includes(` ${key(tag)} `)),
    barred,
  );
}

function tidyTags(stated: readonly string[], barred: readonly (string | undefined)[]): string[] {
  const seen = new Set(barred.map((name) => key(name ?? '')));
  const tags: string[] = [];
  for (const raw of stated) {
    const tag = raw.replace(/^[#\s]+|[\s,;]+$/g, '');
    const known = key(tag);
    if (known === '' || tag.length > MAX_TAG_CHARS || seen.has(known) || NO_TAG.test(tag)) continue;
    seen.add(known);
    tags.push(tag);
    if (tags.length >= MAX_TAGS) break;
  }
  return tags;
}

/** Labels in front of a list, addresses, and what content systems note for themselves. */
const NO_TAG =
  /^(?:tags?|từ khóa|từ khoá|chủ đề|keywords?|topics?|schlagwörter|etiquetas|mots-clés)\s*:?$|^https?:|^\w+[:=]\S|^\d+$/i;

function key(tag: string): string {
  return tag
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

function splitTags(text: string): string[] {
  return text.split(/\s*[,;|]\s*/);
}

function jsonLdTags(keywords: unknown): string[] {
  if (typeof keywords === 'string') return splitTags(plainText(keywords));
  if (!Array.isArray(keywords)) return [];
  return keywords
    .slice(0, 2 * MAX_TAGS)
    .flatMap((word) => (typeof word === 'string' ? splitTags(plainText(word)) : []));
}

const MAX_LIST_LINKS = 40;

/** More links than this beside an article are a cloud of all of the outlet's tags. */
const MAX_LINKS_APART = 15;

/** Links of the tag lists in the article; a list with more links than an article has tags is a cloud. */
function visibleTags({ landmarks }: PageMetadata): string[] {
  const tags: string[] = [];
  const apart: string[] = [];
  for (const element of landmarks.tags) {
    const where = surroundingsOf(element);
    if (where === 'comment' || (where === 'apart' && element.name !== 'a')) continue;
    const links = element.name === 'a' ? [element] : linksOf(element);
    if (links.length > MAX_LIST_LINKS) continue;
    (where === 'apart' ? apart : tags).push(...links.map((link) => textOf(link, MAX_TAG_CHARS + 1)));
  }
  return apart.length > MAX_LINKS_APART ? tags : [...tags, ...apart];
}

function linksOf(list: HtmlElement): HtmlElement[] {
  const links: HtmlElement[] = [];
  for (const element of elementsOf(list)) {
    if (element.name === 'a') links.push(element);
    if (links.length > MAX_LIST_LINKS) break;
  }
  return links;
}
