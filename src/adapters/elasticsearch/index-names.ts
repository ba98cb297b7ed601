/**
 * Names of indices and aliases, in one place.
 *
 * Readers use the kind's alias. Writers of a plain kind write to the same alias, behind which there is one index;
 * writers of a monthly kind write to the month's alias. Only setup and migration name an index itself.
 */

/** What the name of one of our indices says. */
export interface IndexName {
  readonly kind: string;
  readonly version: number;
  /** `YYYY.MM`, UTC; absent for plain kinds. */
  readonly month?: string;
}

/** Alias of everything of one kind. */
export function aliasOf(prefix: string, kind: string): string {
  return `${prefix}-${kind}`;
}

/** Alias of one month of a monthly kind; exactly one index stands behind it. */
export function monthAliasOf(prefix: string, kind: string, month: string): string {
  return `${prefix}-${kind}-${month}`;
}

/** The index itself. */
export function indexOf(prefix: string, kind: string, version: number, month?: string): string {
  const alias = month === undefined ? aliasOf(prefix, kind) : monthAliasOf(prefix, kind, month);
  return `${alias}-v${version}`;
}

/** The UTC month that an instant belongs to, as names carry it: `2026.11`. */
export function monthOf(at: string): string {
  return new Date(at).toISOString().slice(0, 7).replace('-', '.');
}

/** What an index name says, or `undefined` where the name is none of ours under this prefix and kind. */
export function parseIndexName(prefix: string, kind: string, index: string): IndexName | undefined {
  const start = `${aliasOf(prefix, kind)}-`;
  if (!index.startsWith(start)) return undefined;
  const rest = /^(?:(\d{4}\.\d{2})-)?v([1-9]\d{0,5})$/.exec(index.slice(start.length));
  if (rest === null) return undefined;
  const [, month, version] = rest;
  return { kind, version: Number(version), ...(month === undefined ? {} : { month }) };
}
