/** Alias of everything of one kind, as the stores name it. */
export function aliasFor(prefix: string, kind: string): string {
  return `${prefix}-${kind}`;
}

/** Ids are made of what the object is, so that a second import replaces the first and two installations do not meet. */
export function idFor(
  prefix: string,
  what: 'data-view' | 'search' | 'map' | 'dashboard' | 'tag',
  name: string,
): string {
  return `${prefix}-${what}-${name}`;
}
