import type { Transaction } from '@electric-sql/pglite';

import type { Article } from '../../domain/article.ts';
import { articleTerms } from './article-terms.ts';
import { articleVector } from './article-words.ts';

/** Articles per look: bounds memory. */
const FILL_BATCH = 100;

/** Makes the facts of all articles there are; some 200 articles a second. */
export async function fillArticleFacts(tx: Transaction): Promise<void> {
  let after = '';
  for (;;) {
    const { rows } = await tx.query<{ document: Article }>(
      `select document from article where id > $1 order by id limit ${FILL_BATCH}`,
      [after],
    );
    const articles = rows.map(({ document }) => document);
    await tx.query(
      `with given as (
         select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::tsvector[])
           as given (article_id, first_seen_at, terms, words)
       ), found as (
         insert into article_fact (article_id, first_seen_at, terms)
         select article_id, first_seen_at, terms from given returning article_id, n
       )
       insert into article_word (n, words) select n, words from found join given using (article_id)`,
      [
        articles.map(({ id }) => id),
        articles.map(({ firstSeenAt }) => firstSeenAt),
        articles.map(articleTerms),
        articles.map(articleVector),
      ],
    );
    const last = articles.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}
