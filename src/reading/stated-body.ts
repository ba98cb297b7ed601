import type { ArticleBody } from './article-body.ts';
import { textOf } from './html-node.ts';
import { plainText } from './html-text.ts';
import type { PageMetadata } from './page-metadata.ts';
import { parseHtml } from './parse-html.ts';
import { textBlocks } from './text-block.ts';

/** Where a page is drawn by scripts, its JSON-LD may carry the text that its markup lacks. */
const MIN_STATED_CHARS = 300;
const MAX_STATED_CHARS = 500_000;
const BLOCK_TAG = /<(?:p|br|div|h[1-6]|ul)\b/i;
const ESCAPED_BLOCK_TAG = /&lt;(?:p|br|div|h[1-6]|ul)\b/i;

/** The body as JSON-LD states it where that says more than twice what was read off the page; else the body read. */
export function fullerBody(body: ArticleBody, { article }: PageMetadata): ArticleBody {
  const stated = article?.articleBody;
  if (typeof stated !== 'string' || stated.length < MIN_STATED_CHARS) return body;
  const seenChars = lengthOf(body.paragraphs);
  if (seenChars * 2 > stated.length) return body;
  const paragraphs = statedParagraphs(stated.slice(0, MAX_STATED_CHARS));
  return lengthOf(paragraphs) > seenChars * 2 ? { ...body, paragraphs } : body;
}

/** Some state plain text with line breaks, some markup, some markup that is escaped once more. */
function statedParagraphs(stated: string): string[] {
  const text = ESCAPED_BLOCK_TAG.test(stated) ? textOf(parseHtml(stated).root, MAX_STATED_CHARS) : stated;
  if (BLOCK_TAG.test(text)) return textBlocks(parseHtml(text).root, 'lax').map((block) => block.text);
  return text
    .split(/\s*\n\s*/)
    .map(plainText)
    .filter((paragraph) => paragraph !== '');
}

function lengthOf(paragraphs: readonly string[]): number {
  return paragraphs.reduce((sum, { length }) => sum + length, 0);
}
