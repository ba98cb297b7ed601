import { errors } from '@elastic/elasticsearch';

import type { Article } from '../../domain/article.ts';
import type { ArticleDocument } from './article-document.ts';
import { MissingAliasError } from './bulk-writer.ts';
import { type Connection, write } from './connection.ts';
import { translate } from './elasticsearch-error.ts';
import { definitionOf } from './index-definitions.ts';
import { aliasOf, monthAliasOf, monthOf, parseIndexName } from './index-names.ts';
import { ensureMonth } from './setup.ts';

const KIND = 'articles';

/** The months' indices of articles: made before the first article of a month, deleted whole when they are old. */
export class ArticleMonths {
  readonly #connection: Connection;
  readonly #alias: string;
  readonly #ensured = new Map<string, Promise<void>>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#alias = aliasOf(connection.prefix, KIND);
  }

  async save(articles: readonly ArticleDocument[]): Promise<void> {
    try {
      await this.#write(articles);
    } catch (error) {
      if (!(error instanceof MissingAliasError)) throw error;
      // Another process dropped the month; what is written now was not meant by that.
      for (const { firstSeenAt } of articles) this.#ensured.delete(monthOf(firstSeenAt));
      await this.#write(articles);
    }
  }

  async remove({ id, firstSeenAt }: Article): Promise<void> {
    await write(
      this.#connection,
      [{ action: 'delete', alias: this.#monthAlias(monthOf(firstSeenAt)), id }],
      this.#alias,
    );
  }

  /** @returns how many articles the dropped months held */
  async dropBefore(at: string): Promise<number> {
    const { client, refresher } = this.#connection;
    const firstKept = monthOf(at);
    await refresher.showAll(this.#alias);
    let dropped = 0;
    for (const { index, month } of await this.#months()) {
      if (month >= firstKept) continue;
      this.#ensured.delete(month);
      try {
        const { count } = await client.count({ index });
        await client.indices.delete({ index });
        dropped += count;
      } catch (error) {
        // Another process was quicker, and counted it.
        if (!isMissing(error)) throw translate(error);
      }
    }
    return dropped;
  }

  async #write(articles: readonly ArticleDocument[]): Promise<void> {
    const months = articles.map(({ firstSeenAt }) => monthOf(firstSeenAt));
    await Promise.all([...new Set(months)].map((month) => this.#ensure(month)));
    const operations = articles.map(
      (document, index) =>
        ({
          action: 'index',
          alias: this.#monthAlias(months[index] ?? ''),
          id: document.id,
          document,
        }) as const,
    );
    await write(this.#connection, operations, this.#alias);
  }

  async #months(): Promise<{ index: string; month: string }[]> {
    const { client, prefix } = this.#connection;
    try {
      const indices = Object.keys(await client.indices.getAlias({ name: this.#alias }));
      return indices.flatMap((index) => {
        const month = parseIndexName(prefix, KIND, index)?.month;
        return month === undefined ? [] : [{ index, month }];
      });
    } catch (error) {
      if (isMissing(error)) return [];
      throw translate(error);
    }
  }

  #ensure(month: string): Promise<void> {
    const known = this.#ensured.get(month);
    if (known !== undefined) return known;
    const { client, prefix } = this.#connection;
    const ensured = ensureMonth(client, prefix, definitionOf(KIND), month);
    this.#ensured.set(month, ensured);
    // What failed is tried again by whoever comes next.
    ensured.catch(() => this.#ensured.delete(month));
    return ensured;
  }

  #monthAlias(month: string): string {
    return monthAliasOf(this.#connection.prefix, KIND, month);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof errors.ResponseError && error.statusCode === 404;
}
