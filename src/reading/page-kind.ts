import type { ArticleBody } from './article-body.ts';
import type { HtmlRoot } from './html-node.ts';
import { elementsOf } from './html-node.ts';
import { typesOf } from './json-ld.ts';
import type { PageMetadata } from './page-metadata.ts';

const MIN_ARTICLE_CHARS = 120;
const ERROR_TITLE =
  /^(?:\W*(?:error )?(?:404|403|410|500|502|503)\b|not found|page not found|access denied|forbidden|just a moment|attention required|không tìm thấy|trang (?:này )?không tồn tại|bài viết không tồn tại|lỗi\b|service unavailable|are you a robot)/i;

/** Why a page holds no article to read, or `undefined` where it does. */
export function unreadableReason(
  root: HtmlRoot,
  metadata: PageMetadata,
  title: string,
  body: ArticleBody,
): string | undefined {
  const chars = body.paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0);
  if (chars < 1500 && (ERROR_TITLE.test(title) || ERROR_TITLE.test(metadata.documentTitle)))
    return 'error-page';
  if (chars >= MIN_ARTICLE_CHARS) return undefined;
  if (isPaywalled(metadata)) return 'paywall';
  const media = mediaOf(root, metadata);
  if (media !== undefined) return media;
  return isListing(root, metadata) ? 'listing' : 'no-text';
}

function isPaywalled({ article }: PageMetadata): boolean {
  const free = article?.isAccessibleForFree;
  return free === false || (typeof free === 'string' && free.toLowerCase() === 'false');
}

function mediaOf(root: HtmlRoot, metadata: PageMetadata): 'video' | 'gallery' | undefined {
  const type = metadata.meta.get('og:type') ?? '';
  if (type.startsWith('video') || metadata.jsonLd.some((object) => typesOf(object).includes('videoobject')))
    return 'video';
  if (
    metadata.jsonLd.some((object) => typesOf(object).some((name) => /imagegallery|mediagallery/.test(name)))
  )
    return 'gallery';
  let images = 0;
  for (const { name } of elementsOf(root)) {
    if (name === 'video') return 'video';
    if (name === 'figure') images += 1;
  }
  return images >= 6 && metadata.article !== undefined ? 'gallery' : undefined;
}

const LISTING_LINKS = 40;

function isListing(root: HtmlRoot, { article, jsonLd }: PageMetadata): boolean {
  if (article !== undefined) return false;
  if (
    jsonLd.some((object) =>
      typesOf(object).some((type) => /collectionpage|itemlist|searchresultspage/.test(type)),
    )
  )
    return true;
  let links = 0;
  for (const { name } of elementsOf(root)) if (name === 'a') links += 1;
  return links >= LISTING_LINKS;
}
