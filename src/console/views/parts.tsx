import type { ComponentChildren } from 'preact';
import { SEVERITY_NAMES } from '../../detection/severity-names.ts';
import type { Severity } from '../../domain/alert.ts';
import type { Polarity } from '../../domain/analysis.ts';
import { absoluteTime, relativeTime, signed } from '../times.ts';
import { useUi } from '../ui.ts';

/** A moment as people say it and as a clock shows it. */
export function Time({ at }: { at: string }) {
  const { lang, now } = useUi();
  return (
    <time dateTime={at}>
      {relativeTime(at, now, lang)} <span class="absolute">({absoluteTime(at)})</span>
    </time>
  );
}

/** What may be wider than the screen: it scrolls by itself, by keyboard too. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

/** Shape and word say what the colour says, so that nobody needs to see the colour. */
const POLARITY_SIGNS: Readonly<Record<Polarity, string>> = { negative: '▼', neutral: '●', positive: '▲' };

export function PolaritySign({ polarity }: { polarity: Polarity }) {
  return (
    <span class={`sign ${polarity}`} aria-hidden="true">
      {POLARITY_SIGNS[polarity]}
    </span>
  );
}

export function PolarityChip({ polarity, score }: { polarity: Polarity; score: number }) {
  const { m, lang } = useUi();
  return (
    <span class={`chip polarity ${polarity}`}>
      <PolaritySign polarity={polarity} /> {m.polarity[polarity]}{' '}
      <span class="figure">{signed(score, lang)}</span>
    </span>
  );
}

export function SeverityChip({ severity }: { severity: Severity }) {
  const { lang } = useUi();
  return <span class={`chip severity ${severity}`}>{SEVERITY_NAMES[severity][lang]}</span>;
}

/** A share as a thin bar; the figure beside it is what counts, so the bar is hidden from readers of the screen. */
export function ShareBar({ part, whole, tone }: { part: number; whole: number; tone: string }) {
  const width = whole === 0 ? 0 : (100 * part) / whole;
  return (
    <svg class={`share-bar ${tone}`} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="4" />
      <rect class="fill" width={width.toFixed(2)} height="4" />
    </svg>
  );
}

interface NoticeProps {
  readonly tone: 'bad' | 'good' | 'plain';
  readonly title: string;
  readonly children?: ComponentChildren;
  /** Read out at once: for what has just happened. */
  readonly announced?: boolean;
}

export function Notice({ tone, title, children, announced = false }: NoticeProps) {
  return (
    <div class={`notice ${tone}`} {...(announced ? { role: 'status' as const } : {})}>
      <p class="notice-title">{title}</p>
      {children}
    </div>
  );
}

/**
 * An outlet's address if it is one that a browser may be sent to.
 *
 * Addresses come from feeds: `javascript:` and its like must never become a link.
 */
export function safeHref(url: string): string | undefined {
  try {
    const { protocol, href } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
}

/** Host of an address, for showing where a link leads. */
export function hostOf(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, '');
  } catch {
    return url;
  }
}
