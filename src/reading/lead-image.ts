import { nameWords } from './boilerplate.ts';
import { absoluteUrl } from './canonical-url.ts';
import type { HtmlElement, HtmlNode } from './html-node.ts';
import { elementsOf, isElement, textOf } from './html-node.ts';
import { plainText } from './html-text.ts';
import type { JsonObject } from './json-ld.ts';
import { stringOf } from './json-ld.ts';
import { surroundingsOf } from './page-landmarks.ts';
import type { PageMetadata } from './page-metadata.ts';

export interface LeadImage {
  /** Absolute address. */
  readonly image?: string;
  readonly imageCaption?: string;
}

/** What is longer is text of the article in a badly named element. */
const MAX_CAPTION_CHARS = 400;
/** The lead image is among the first. */
const MAX_IMAGES = 40;

/**
 * The article's lead image and what is printed below it: the image that the page states (OpenGraph, JSON-LD), else
 * the first that has a caption, its address taken from where lazy loading keeps it. The caption is that of the same
 * picture in the page; where that cannot be told, of the first captioned one.
 */
export function readLeadImage(metadata: PageMetadata, base: string): LeadImage {
  const stated = statedImage(metadata);
  const image = stated === '' ? undefined : absoluteUrl(stated, base)?.href;
  const images = metadata.landmarks.images.slice(0, MAX_IMAGES);
  const shown = image === undefined ? undefined : images.find((element) => showsImage(element, image));
  const captioned =
    shown ?? images.find((element) => captionOf(element) !== undefined && isInArticle(element));
  const found = image ?? (captioned === undefined ? undefined : addressOf(captioned, base));
  const caption = (captioned === undefined ? undefined : captionOf(captioned)) ?? statedCaption(metadata);
  return {
    ...(found === undefined ? {} : { image: found }),
    ...(found === undefined || caption === undefined ? {} : { imageCaption: caption }),
  };
}

function isInArticle(element: HtmlElement): boolean {
  return surroundingsOf(element) === 'article';
}

function statedImage({ article, meta }: PageMetadata): string {
  const image = firstImage(article?.image);
  const fromArticle = typeof image === 'object' ? stringOf(image.contentUrl ?? image.url) : (image ?? '');
  const names = ['og:image', 'og:image:url', 'og:image:secure_url', 'twitter:image', 'twitter:image:src'];
  const named = names.map((name) => meta.get(name)).find((value) => value !== undefined);
  return named ?? fromArticle;
}

function firstImage(image: unknown): JsonObject | string | undefined {
  const first = Array.isArray(image) ? image[0] : image;
  if (typeof first === 'string') return first;
  return typeof first === 'object' && first !== null ? (first as JsonObject) : undefined;
}

function statedCaption({ article }: PageMetadata): string | undefined {
  const image = firstImage(article?.image);
  const caption = typeof image === 'object' ? stringOf(image.caption) : '';
  return tidyCaption(caption);
}

/** Attributes that hold the address while a lazily loaded image's `src` holds a placeholder, best first. */
const LAZY_ADDRESSES = ['data-src', 'data-original', 'data-lazy-src', 'data-lazy', 'data-url', 'data-image'];
const LAZY_SETS = ['data-srcset', 'data-lazy-srcset', 'srcset'];

/** The address of the picture that an `<img>` will show; `undefined` where it has none but a placeholder. */
function addressOf(element: HtmlElement, base: string): string | undefined {
  for (const address of addresses(element)) {
    const href = absoluteUrl(address, base)?.href;
    if (href !== undefined) return href;
  }
  return undefined;
}

function addresses({ attribs, parent }: HtmlElement): string[] {
  const lazy = LAZY_ADDRESSES.map((name) => attribs[name] ?? '');
  const sets = LAZY_SETS.map((name) => largestOf(attribs[name] ?? ''));
  const sources = parent?.name === 'picture' ? parent.children.filter(isElement) : [];
  const others = sources.map((source) =>
    largestOf(source.attribs.srcset ?? source.attribs['data-srcset'] ?? ''),
  );
  return [...lazy, ...sets, ...others, attribs.src ?? ''].filter(
    (address) => address !== '' && !/^data:/i.test(address.trimStart()),
  );
}

const MAX_SET_CHARS = 8000;

/** The address with the greatest width or density in a `srcset`. */
function largestOf(set: string): string {
  let best = { address: '', size: -1 };
  for (const candidate of set.slice(0, MAX_SET_CHARS).split(/,\s+/)) {
    const [address = '', size = '1x'] = candidate.trim().split(/\s+/);
    const value = Number.parseFloat(size) || 0;
    if (address !== '' && value > best.size) best = { address, size: value };
  }
  return best.address;
}

/** Whether an `<img>` shows the stated image: its file may be cut to another size under another path. */
function showsImage(element: HtmlElement, image: string): boolean {
  const file = fileOf(image);
  return file.length >= 6 && addresses(element).some((address) => fileOf(address) === file);
}

function fileOf(address: string): string {
  const path = address.slice(0, 2000).replace(/[?#].*$/s, '');
  return path
    .slice(path.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/[-_]\d{2,4}x\d{2,4}(?=\.|$)/, '')
    .replace(/\.(?:jpe?g|png|webp|avif|gif)$/, '');
}

const CAPTION_NAME =
  /(?:^| )(?:caption|captions|figcaption|bildunterschrift|legende|pic caption|photo cms caption|image caption|imagecaption|chu thich|chuthich|desc cation|txt desc|image desc|photo desc)(?: |$)/;
/** How far above its image a caption's common ancestor may stand. */
const MAX_LEVELS = 5;

/** What is printed below an image: the figure's caption, or what a class name beside it calls one. */
function captionOf(element: HtmlElement): string | undefined {
  let at: HtmlElement | null = element.parent;
  for (let level = 0; level < MAX_LEVELS && at !== null && isElement(at); level += 1, at = at.parent) {
    if (at.name === 'body' || at.name === 'article' || at.name === 'main') return undefined;
    const caption = captionWithin(at);
    if (caption !== undefined) return caption;
    if (at.name === 'figure') return undefined;
  }
  return undefined;
}

const MAX_ELEMENTS = 40;

function captionWithin(container: HtmlElement): string | undefined {
  let seen = 0;
  for (const inner of elementsOf(container)) {
    seen += 1;
    if (seen > MAX_ELEMENTS) return undefined;
    if (!isCaption(inner)) continue;
    const caption = tidyCaption(textOf(inner, MAX_CAPTION_CHARS + 1));
    if (caption !== undefined) return caption;
  }
  return undefined;
}

function isCaption(node: HtmlNode): boolean {
  if (!isElement(node)) return false;
  if (node.name === 'figcaption') return true;
  return /\bcaption\b/i.test(node.attribs.itemprop ?? '') || CAPTION_NAME.test(nameWords(node.attribs));
}

function tidyCaption(text: string): string | undefined {
  const caption = plainText(text);
  return caption.length < 3 || caption.length > MAX_CAPTION_CHARS ? undefined : caption;
}
