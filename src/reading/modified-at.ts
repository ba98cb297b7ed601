import type { PublishedAt } from '../domain/published-at.ts';
import { clampPublishedAt } from './date.ts';
import type { HtmlElement } from './html-node.ts';
import { textOf } from './html-node.ts';
import { stringOf } from './json-ld.ts';
import { clockOfOutlet } from './page-clock.ts';
import { surroundingsOf } from './page-landmarks.ts';
import type { PageMetadata } from './page-metadata.ts';
import { timeContext } from './page-published-at.ts';
import type { TimeContext } from './stated-time.ts';
import { statedTime } from './stated-time.ts';

const META_NAMES = [
  'article:modified_time',
  'og:modified_time',
  'og:updated_time',
  'article:updated_time',
  'datemodified',
  'dcterms.modified',
  'dc.date.modified',
  'lastmod',
  'last-modified',
  'last-modified-date',
  'lastmodified',
  'updated_time',
];

/**
 * When a page says its article was last changed; `undefined` where it does not, or where that is no later than its
 * publication: many templates state both as the same.
 */
export function readModifiedAt(
  root: HtmlElement,
  metadata: PageMetadata,
  publishedAt: PublishedAt | undefined,
  { url, now = new Date() }: { readonly url: string; readonly now?: Date },
): PublishedAt | undefined {
  const context = timeContext(root, metadata, url, now);
  for (const found of statements(metadata, context)) {
    if (found === undefined) continue;
    const modifiedAt = clampPublishedAt(clockOfOutlet(found, metadata, url), context.now);
    if (modifiedAt.corrected !== undefined) continue;
    return isLater(modifiedAt, publishedAt) ? modifiedAt : undefined;
  }
  return undefined;
}

function* statements(
  { article, page, meta, landmarks }: PageMetadata,
  context: TimeContext,
): Generator<PublishedAt | undefined> {
  for (const object of [article, page]) yield statedTime(stringOf(object?.dateModified), 'json-ld', context);
  for (const name of META_NAMES) yield statedTime(meta.get(name) ?? '', 'meta', context);
  for (const { element, rank } of landmarks.updates) {
    if (surroundingsOf(element) !== 'article') continue;
    const { content, datetime, title } = element.attribs;
    const text = content ?? datetime ?? title ?? textOf(element, 120);
    yield statedTime(
      text,
      rank === 0 ? 'microdata' : element.name === 'time' ? 'time-element' : 'visible-text',
      context,
    );
  }
}

/** A day without a time of day is later only where the day is. */
function isLater(modifiedAt: PublishedAt, publishedAt: PublishedAt | undefined): boolean {
  if (publishedAt === undefined) return true;
  if (modifiedAt.dayOnly || publishedAt.dayOnly)
    return modifiedAt.at.slice(0, 10) > publishedAt.at.slice(0, 10);
  return modifiedAt.at > publishedAt.at;
}
