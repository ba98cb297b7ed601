/**
 * Topics and mentions on texts that two readers labelled apart: `test/labels` holds addresses and labels, the texts
 * come from files of feed entries and of full articles, JSON Lines of {url, title, summary?, body?}.
 *
 * `tune` was open while rules were written, `report` was not. A `second` sample of 191 was drawn and labelled when most rules
 * stood, and kept from those who wrote them; its mentions were labelled by one reader only.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import type { AnalysableText } from '../src/domain/analysis.ts';
import type { Language } from '../src/language/language.ts';
import { type MentionScore, scoreMentions } from './mentions-score.ts';
import { percent } from './statistics.ts';
import { scoreTopics } from './topics-score.ts';

const TEXTS = {
  entry: '../shared/stream/2025-08-09..2026-02-28.jsonl.gz',
  page: '../shared/articles/full-text-2026-01..02.jsonl.gz',
} as const;
/** The readers were given no more of a body. */
const BODY_LENGTH = 1500;
const SETS = ['tune', 'report', 'second'] as const;

interface Label {
  readonly url: string;
  /** Whether the readers were given the feed's entry or the article's text. */
  readonly kind: keyof typeof TEXTS;
  readonly half: (typeof SETS)[number];
}
interface TopicLabel extends Label {
  readonly topics: readonly string[];
  readonly pass1: readonly string[];
  readonly pass2: readonly string[];
}
interface MentionLabel extends Label {
  readonly provinces: readonly string[];
  readonly facilities: readonly string[];
}

/** The tables, or why there are none. */
export function judgeLabelledSample(language: Language): string {
  const missing = Object.values(TEXTS).filter((file) => !existsSync(file));
  if (missing.length > 0) return `no table of topics and mentions: ${missing.join(' and ')} not there`;
  const topics = readLabels<TopicLabel>('topics.jsonl');
  const mentions = readLabels<MentionLabel>('mentions.jsonl');
  const texts = textsOf([...topics, ...mentions]);
  const withText = <T extends Label>(labels: readonly T[], half: string) =>
    labels
      .filter((label) => label.half === half && texts.has(label.url))
      .map((label) => ({ ...label, text: texts.get(label.url) as AnalysableText }));
  return SETS.flatMap((half) => [
    topicTable(half, withText(topics, half), language),
    mentionTable(half, withText(mentions, half), language),
  ]).join('\n');
}

function topicTable(
  half: string,
  rows: readonly (TopicLabel & { text: AnalysableText })[],
  language: Language,
): string {
  if (rows.length === 0) return '';
  const { byTopic, macroF1, micro, readers } = scoreTopics(rows, language);
  return [
    `\n## Topics, ${half} set (${rows.length} texts)`,
    ...[...byTopic].map(([topic, score]) => scoreLine(topic, score)),
    `${'macro'.padEnd(20)}F1 ${percent(macroF1)}   one reader against the other ${percent(readers.macroF1)}`,
    scoreLine('micro', micro),
    `readers: micro F1 ${percent(readers.microF1)}, the same set on ${percent(readers.same)} % of the texts`,
  ].join('\n');
}

function mentionTable(
  half: string,
  rows: readonly (MentionLabel & { text: AnalysableText })[],
  language: Language,
): string {
  const { province, facility } = scoreMentions(rows, language);
  return [
    `\n## Mentions, ${half} set (${rows.length} texts)`,
    scoreLine('province', province),
    scoreLine('facility', facility),
  ].join('\n');
}

function scoreLine(name: string, { precision, recall, f1, wanted }: MentionScore): string {
  return `${name.padEnd(20)}F1 ${percent(f1)}   precision ${percent(precision)}   recall ${percent(recall)}   (${wanted})`;
}

function readLabels<T>(name: string): T[] {
  return lines<T>(readFileSync(fileURLToPath(new URL(`../test/labels/${name}`, import.meta.url)), 'utf8'));
}

function textsOf(labels: readonly Label[]): Map<string, AnalysableText> {
  const texts = new Map<string, AnalysableText>();
  for (const kind of ['entry', 'page'] as const) {
    const urls = new Set(labels.filter((label) => label.kind === kind).map(({ url }) => url));
    const rows = lines<{ url: string; title: string; summary?: string; body?: string }>(
      gunzipSync(readFileSync(TEXTS[kind])).toString('utf8'),
    );
    for (const { url, title, summary = '', body = '' } of rows) {
      if (urls.has(url) && !texts.has(url))
        texts.set(url, { title, summary, body: body.slice(0, BODY_LENGTH) });
    }
  }
  return texts;
}

function lines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}
