import { MENTION_KINDS, type MentionKind } from '../domain/analysis.ts';
import type { MentionKey } from '../domain/correction.ts';
import { splitSeriesKey } from '../domain/series.ts';
import { fold } from '../language/normalise.ts';

/** What a typed name may stand for, by its form without diacritics and case. */
export type RegisteredNames = ReadonlyMap<string, readonly MentionKey[]>;

export function registeredNames(names: ReadonlyMap<string, string>): RegisteredNames {
  const found = new Map<string, MentionKey[]>();
  for (const [key, name] of names) {
    const { kind, id } = splitSeriesKey(key) as { kind: string; id: string };
    if (!isMentionKind(kind)) continue;
    for (const form of new Set([plain(name), id]))
      found.set(form, [...(found.get(form) ?? []), { kind, id }]);
  }
  return found;
}

/**
 * What a person means who types a registry's name or id; `undefined` where it is nothing, or more than one thing.
 *
 * @param typed  may begin with a kind: `facility:bv-cho-ray`
 */
export function mentionNamed(typed: string, names: RegisteredNames): MentionKey | undefined {
  const text = plain(typed);
  const colon = text.indexOf(':');
  const kind = text.slice(0, Math.max(0, colon));
  const candidates = isMentionKind(kind)
    ? (names.get(text.slice(colon + 1)) ?? []).filter((one) => one.kind === kind)
    : (names.get(text) ?? []);
  return candidates.length === 1 ? candidates[0] : undefined;
}

function isMentionKind(kind: string): kind is MentionKind {
  return (MENTION_KINDS as readonly string[]).includes(kind);
}

function plain(name: string): string {
  return fold(name.normalize('NFC')).toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
