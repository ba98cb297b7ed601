import type { estypes } from '@elastic/elasticsearch';

type Query = estypes.QueryDslQueryContainer;

interface Comparison {
  readonly field: string;
  readonly operator: ':' | '>=' | '>' | '<=' | '<';
  /** Several are alternatives; `*` asks whether there is any. */
  readonly values: readonly { readonly text: string; readonly isPhrase: boolean }[];
}
type Node =
  | { readonly kind: 'all' }
  | { readonly kind: 'comparison'; readonly comparison: Comparison }
  | { readonly kind: 'and'; readonly parts: readonly Node[] }
  | { readonly kind: 'or'; readonly parts: readonly Node[] };

/** Kibana asks in the reader's own zone. */
export const VIETNAM = 'Asia/Ho_Chi_Minh';

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(>=|<=|[:<>()])|([^\s:<>()"]+))/y;

/**
 * The query that Kibana's own language stands for, as far as the dashboards use that language: comparisons of one
 * field with one value or alternatives, `and`, `or`, parentheses.
 *
 * @param now  what `now` means in date math
 * @throws {SyntaxError} on anything else, so that nothing passes a test because it was not understood
 */
export function toQuery(kql: string, now: Date): Query {
  return queryOf(parse(kql), now);
}

/** A bound of a range on a clock that stands still: `now-7d` becomes `2026-11-15T03:00:00.000Z||-7d`. */
export function anchored(dateMath: string, now: Date): string {
  return dateMath.replace(/^now/, `${now.toISOString()}||`);
}

/** Fields that a query names, each with whether it compares by order. */
export function fieldsOf(kql: string): { field: string; isRange: boolean; isPhrase: boolean }[] {
  const collect = (node: Node): Comparison[] => {
    if (node.kind === 'all') return [];
    return node.kind === 'comparison' ? [node.comparison] : node.parts.flatMap(collect);
  };
  return collect(parse(kql)).map(({ field, operator, values }) => ({
    field,
    isRange: operator !== ':',
    isPhrase: values.some(({ isPhrase }) => isPhrase),
  }));
}

function parse(kql: string): Node {
  const tokens = tokenize(kql);
  let at = 0;
  const next = () => tokens[at];
  const take = (expected?: string) => {
    const token = tokens[at];
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new SyntaxError(`Expected ${expected ?? 'more'} at ${at} of ${kql}`);
    }
    at += 1;
    return token;
  };
  const sequence = (word: 'and' | 'or', part: () => Node): Node => {
    const parts = [part()];
    while (next() === word) {
      take();
      parts.push(part());
    }
    return parts.length === 1 ? (parts[0] as Node) : { kind: word, parts };
  };
  const any = (): Node => sequence('or', () => sequence('and', one));
  const one = (): Node => {
    if (next() === '(') {
      take('(');
      const inner = any();
      take(')');
      return inner;
    }
    const field = unquoted(take()).text;
    const operator = take() as Comparison['operator'];
    if (![':', '>=', '>', '<=', '<'].includes(operator)) throw new SyntaxError(`No operator in ${kql}`);
    return { kind: 'comparison', comparison: { field, operator, values: alternatives() } };
  };
  const alternatives = () => {
    if (next() !== '(') return [unquoted(take())];
    take('(');
    const values = [unquoted(take())];
    while (next() === 'or') {
      take();
      values.push(unquoted(take()));
    }
    take(')');
    return values;
  };
  if (tokens.length === 0) return { kind: 'all' };
  const node = any();
  if (at < tokens.length) throw new SyntaxError(`Left over from ${at}: ${kql}`);
  return node;
}

function tokenize(kql: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const text = kql.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) throw new SyntaxError(`Not understood: ${kql}`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return tokens;
}

function unquoted(token: string): { text: string; isPhrase: boolean } {
  if ([')', '(', ':', 'and', 'or'].includes(token)) throw new SyntaxError(`A value, not ${token}`);
  return token.startsWith('"')
    ? { text: token.slice(1, -1).replaceAll(/\\(.)/g, '$1'), isPhrase: true }
    : { text: token, isPhrase: false };
}

function queryOf(node: Node, now: Date): Query {
  if (node.kind === 'all') return { match_all: {} };
  if (node.kind === 'comparison') return comparisonQuery(node.comparison, now);
  if (node.kind === 'and') return { bool: { filter: node.parts.map((part) => queryOf(part, now)) } };
  return { bool: { should: node.parts.map((part) => queryOf(part, now)), minimum_should_match: 1 } };
}

function comparisonQuery({ field, operator, values }: Comparison, now: Date): Query {
  if (operator !== ':') return rangeQuery(field, operator, values[0]?.text ?? '', now);
  const queries = values.map(({ text, isPhrase }): Query => {
    if (text === '*') return { exists: { field } };
    return isPhrase ? { match_phrase: { [field]: text } } : { match: { [field]: text } };
  });
  return queries.length === 1
    ? (queries[0] as Query)
    : { bool: { should: queries, minimum_should_match: 1 } };
}

function rangeQuery(field: string, operator: string, value: string, now: Date): Query {
  const names: Readonly<Record<string, string>> = { '>=': 'gte', '>': 'gt', '<=': 'lte', '<': 'lt' };
  const bound = { [names[operator] ?? '']: anchored(value, now) };
  // A zone is refused for numbers.
  return { range: { [field]: /^-?[\d.]+$/.test(value) ? bound : { ...bound, time_zone: VIETNAM } } };
}
