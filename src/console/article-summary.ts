import type { Article } from '../domain/article.ts';

/** An article as a list gives it: everything but its body and the signature that finds its copies. */
export type ArticleSummary = Omit<Article, 'body' | 'signature'>;

export function articleSummary({ body: _body, signature: _signature, ...rest }: Article): ArticleSummary {
  return rest;
}
