import type { Alert } from '../domain/alert.ts';
import type { ArticleOutline } from '../domain/article.ts';
import { isNegative } from './signals.ts';

/** What a lock screen shows without being touched. */
const MAX_LENGTH = 110;
const MAX_PLACE = 80;
/** A headline cut shorter than this says nothing. */
const MIN_HEADLINE = 12;

/**
 * One line for a phone at night: where, what, how much.
 *
 * The first negative headline says what; it is cut before the place and the figures are.
 *
 * @param articles  those the alert counted, oldest first
 */
export function incidentTitle(alert: Alert, articles: readonly ArticleOutline[]): { vi: string; en: string } {
  const negatives = articles.filter(isNegative);
  const headline = (negatives[0] ?? articles[0])?.title ?? '';
  const count = negatives.length > 0 ? negatives.length : alert.observed;
  const vi = `${count} bài${negatives.length > 0 ? ' tiêu cực' : ''}/${alert.windowHours} giờ`;
  const en = `${count}${negatives.length > 0 ? ' negative' : ''} articles in ${alert.windowHours} h`;
  return {
    vi: oneLine(alert.seriesName, headline, vi),
    en: oneLine(alert.seriesName, headline, en),
  };
}

function oneLine(series: string, headline: string, figures: string): string {
  const place = cut(series, MAX_PLACE);
  const room = MAX_LENGTH - place.length - figures.length - ' ·  · '.length;
  // A story is named after its first headline: once is enough.
  const isSaid = headline === '' || headline === series;
  const middle = !isSaid && room >= MIN_HEADLINE ? ` · ${cut(headline, room)}` : '';
  return `${place}${middle} · ${figures}`.replace(/\s+/g, ' ');
}

/** Cut between words. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length - 1);
  const space = head.lastIndexOf(' ');
  return `${head.slice(0, space > 0 ? space : head.length)}…`;
}
