import type { Client } from '@elastic/elasticsearch';

import { ConfigError, StoreUnavailableError } from '../../errors.ts';
import { bodyOf, createIndex } from './create-index.ts';
import { translate } from './elasticsearch-error.ts';
import type { IndexDefinition } from './index-definition.ts';
import { aliasOf, type IndexName, indexOf, monthAliasOf, parseIndexName } from './index-names.ts';
import { type MigrationStep, migrateIndex } from './migrate.ts';
import { type LockTimes, withSetupLock } from './setup-lock.ts';

/** What the setup does, as it does it. */
export type SetUpEvent =
  | { readonly kind: 'waiting'; readonly holder: string }
  | { readonly kind: 'created'; readonly index: string }
  | { readonly kind: 'migrating'; readonly from: string; readonly to: string; readonly step: MigrationStep }
  | {
      readonly kind: 'migrated';
      readonly from: string;
      readonly to: string;
      readonly documents: number;
      readonly heldMs: number;
    }
  | { readonly kind: 'dropped'; readonly index: string };

interface SetUpOptions {
  /** Awaited, so that the setup goes no further meanwhile. */
  readonly report?: (event: SetUpEvent) => void | Promise<void>;
  readonly lock?: Partial<LockTimes>;
}

interface ExistingIndex extends IndexName {
  readonly index: string;
  readonly aliases: readonly string[];
}

/** Above the templates that Elasticsearch brings along. */
const TEMPLATE_PRIORITY = 500;

/**
 * Makes the cluster ready for this program: index templates, indices with their aliases, and the migration of indices
 * of earlier versions. Safe to run again, also after it was cut off, and by several processes at once: one works, the
 * others wait.
 *
 * @throws {ConfigError} if an index is of a later version than this program knows; nothing is changed then
 * @throws {StoreUnavailableError} if the cluster cannot serve just now
 */
export async function setUp(
  client: Client,
  prefix: string,
  definitions: readonly IndexDefinition[],
  { report, lock }: SetUpOptions = {},
): Promise<void> {
  const setup = new Setup(client, prefix, definitions, report);
  try {
    await setup.refuseNewer();
    await withSetupLock(client, prefix, (signal) => setup.run(signal), {
      ...lock,
      onWait: (holder) => void report?.({ kind: 'waiting', holder }),
    });
  } catch (error) {
    throw translate(error);
  }
}

/**
 * Whether this program may work on the indices that are there.
 *
 * @throws {ConfigError} if an index is missing or of another version, saying what to do
 * @throws {StoreUnavailableError} if the cluster cannot serve just now
 */
export async function checkIndices(
  client: Client,
  prefix: string,
  definitions: readonly IndexDefinition[],
): Promise<void> {
  try {
    const existing = await existingIndices(client, prefix, definitions);
    refuseNewer(existing, definitions);
    const served = existing.filter(({ aliases }) => aliases.length > 0);
    const older = served.filter((index) => index.version < wantedVersion(index, definitions));
    const missing = definitions.filter(
      ({ kind, isMonthly }) => !isMonthly && !served.some((index) => index.kind === kind),
    );
    if (older.length + missing.length === 0) return;
    throw new ConfigError([
      ...older.map(({ index }) => fault(`${index} is of an earlier version: run \`nhip-yte setup\``)),
      ...missing.map(({ kind }) => fault(`${aliasOf(prefix, kind)} is missing: run \`nhip-yte setup\``)),
    ]);
  } catch (error) {
    throw translate(error);
  }
}

/**
 * Sees to it that a month of a monthly kind can be written to, under its `monthAliasOf`. Several processes may do so at
 * once. Worth remembering by the caller, until a write finds the alias gone (retention drops months).
 *
 * @param month  `YYYY.MM`, UTC
 * @throws {StoreUnavailableError} if the month's index is of another version, or the cluster cannot serve just now
 */
export async function ensureMonth(
  client: Client,
  prefix: string,
  definition: IndexDefinition,
  month: string,
): Promise<void> {
  const alias = monthAliasOf(prefix, definition.kind, month);
  const wanted = indexOf(prefix, definition.kind, definition.version, month);
  try {
    const behind = await client.indices.getAlias({ name: alias }, { ignore: [404] });
    // With nothing behind it the answer holds an error beside its status.
    const index = Object.keys(behind).find((name) => parseIndexName(prefix, definition.kind, name));
    if (index === wanted) return;
    if (index !== undefined) {
      throw new StoreUnavailableError(
        `${index} is not of version ${definition.version}: run \`nhip-yte setup\``,
      );
    }
    await createIndex(client, wanted, definition, [aliasOf(prefix, definition.kind), alias]);
  } catch (error) {
    throw translate(error);
  }
}

class Setup {
  readonly #client: Client;
  readonly #prefix: string;
  readonly #definitions: readonly IndexDefinition[];
  readonly #report: (event: SetUpEvent) => void | Promise<void>;

  constructor(
    client: Client,
    prefix: string,
    definitions: readonly IndexDefinition[],
    report: SetUpOptions['report'] = () => {},
  ) {
    this.#client = client;
    this.#prefix = prefix;
    this.#definitions = definitions;
    this.#report = report;
  }

  async refuseNewer(): Promise<void> {
    refuseNewer(await existingIndices(this.#client, this.#prefix, this.#definitions), this.#definitions);
  }

  async run(signal: AbortSignal): Promise<void> {
    // Again, now that nobody else is at it.
    await this.refuseNewer();
    for (const definition of this.#definitions) {
      signal.throwIfAborted();
      await this.#putTemplate(definition);
      const existing = await existingIndices(this.#client, this.#prefix, [definition]);
      for (const [month, indices] of byMonth(existing)) {
        await this.#bringUpToDate(definition, month, indices, signal);
      }
      if (!definition.isMonthly && existing.length === 0) await this.#create(definition);
    }
    await this.#removeOldTemplates();
  }

  async #create(definition: IndexDefinition): Promise<void> {
    const { kind, version } = definition;
    const index = indexOf(this.#prefix, kind, version);
    const isNew = await createIndex(this.#client, index, definition, [aliasOf(this.#prefix, kind)]);
    if (isNew) await this.#report({ kind: 'created', index });
  }

  /** All indices of one kind, and of one month where it is monthly: in the end one is left, and it is ours. */
  async #bringUpToDate(
    definition: IndexDefinition,
    month: string | undefined,
    indices: readonly [ExistingIndex, ...ExistingIndex[]],
    signal: AbortSignal,
  ): Promise<void> {
    const to = indexOf(this.#prefix, definition.kind, definition.version, month);
    const aliases = [aliasOf(this.#prefix, definition.kind)];
    if (month !== undefined) aliases.push(monthAliasOf(this.#prefix, definition.kind, month));

    const current = mostServing(indices, aliases);
    if (current.version > definition.version) throw new ConfigError([tooNew(current, definition.version)]);
    // One that was brought back from a snapshot without its aliases serves nobody yet.
    if (!aliases.every((alias) => current.aliases.includes(alias))) {
      await this.#addAliases(current.index, aliases);
    }
    if (current.index !== to) await this.#migrate(definition, current, to, aliases, signal);
    for (const { index } of indices) {
      if (index === current.index || index === to) continue;
      await this.#client.indices.delete({ index, ignore_unavailable: true });
      await this.#report({ kind: 'dropped', index });
    }
  }

  async #migrate(
    definition: IndexDefinition,
    { index: from, version: fromVersion }: ExistingIndex,
    to: string,
    aliases: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const { documents, heldMs } = await migrateIndex(
      this.#client,
      { from, fromVersion, to, definition, aliases },
      { signal, onStep: (step) => this.#report({ kind: 'migrating', from, to, step }) },
    );
    await this.#report({ kind: 'migrated', from, to, documents, heldMs });
  }

  async #addAliases(index: string, aliases: readonly string[]): Promise<void> {
    await this.#client.indices.updateAliases({
      actions: aliases.map((alias) => ({ add: { index, alias } })),
    });
  }

  /**
   * Indices are made with mapping and aliases in one request; the template is for what comes otherwise under such a
   * name: brought back from elsewhere, or made by hand.
   */
  async #putTemplate(definition: IndexDefinition): Promise<void> {
    const { kind, version, isMonthly } = definition;
    const anyMonth = isMonthly ? '20*' : undefined;
    await this.#client.indices.putIndexTemplate({
      name: indexOf(this.#prefix, kind, version),
      index_patterns: [indexOf(this.#prefix, kind, version, anyMonth)],
      template: bodyOf(definition),
      priority: TEMPLATE_PRIORITY,
      version,
    });
  }

  async #removeOldTemplates(): Promise<void> {
    const { index_templates } = await this.#client.indices.getIndexTemplate({ name: `${this.#prefix}-*` });
    for (const { name } of index_templates) {
      const isOld = this.#definitions.some(({ kind, version }) => {
        const parsed = parseIndexName(this.#prefix, kind, name);
        return parsed !== undefined && parsed.version < version;
      });
      if (isOld) await this.#client.indices.deleteIndexTemplate({ name }, { ignore: [404] });
    }
  }
}

/** Every index of ours under the prefix, whether or not an alias leads to it. */
async function existingIndices(
  client: Client,
  prefix: string,
  definitions: readonly IndexDefinition[],
): Promise<ExistingIndex[]> {
  const found = await client.indices.get({
    index: `${prefix}-*`,
    features: ['aliases'],
    expand_wildcards: 'all',
  });
  return Object.entries(found).flatMap(([index, { aliases = {} }]) =>
    definitions.flatMap(({ kind, isMonthly }) => {
      const name = parseIndexName(prefix, kind, index);
      if (name === undefined || (name.month !== undefined) !== isMonthly) return [];
      return [{ ...name, index, aliases: Object.keys(aliases) }];
    }),
  );
}

function refuseNewer(existing: readonly ExistingIndex[], definitions: readonly IndexDefinition[]): void {
  // One without an alias is a migration that was cut off, or is under way, and serves nobody.
  const newer = existing.filter(
    (index) => index.aliases.length > 0 && index.version > wantedVersion(index, definitions),
  );
  if (newer.length === 0) return;
  throw new ConfigError(newer.map((index) => tooNew(index, wantedVersion(index, definitions))));
}

function wantedVersion({ kind }: IndexName, definitions: readonly IndexDefinition[]): number {
  return definitions.find((definition) => definition.kind === kind)?.version ?? 0;
}

function byMonth(
  indices: readonly ExistingIndex[],
): Map<string | undefined, [ExistingIndex, ...ExistingIndex[]]> {
  const months = new Map<string | undefined, [ExistingIndex, ...ExistingIndex[]]>();
  for (const index of indices) {
    const known = months.get(index.month);
    if (known === undefined) months.set(index.month, [index]);
    else known.push(index);
  }
  return months;
}

/** The index that readers and writers use; where none has an alias, the latest. */
function mostServing(
  indices: readonly [ExistingIndex, ...ExistingIndex[]],
  aliases: readonly string[],
): ExistingIndex {
  const rank = (index: ExistingIndex) => aliases.filter((alias) => index.aliases.includes(alias)).length;
  const isBetter = (one: ExistingIndex, other: ExistingIndex) =>
    rank(one) === rank(other) ? one.version > other.version : rank(one) > rank(other);
  return indices.reduce((best, index) => (isBetter(index, best) ? index : best));
}

function tooNew({ index }: ExistingIndex, known: number) {
  return fault(
    `${index} is of a later version than ${known}, the last that this program knows: this program is older than ` +
      'its indices, run the newer one',
  );
}

function fault(expected: string) {
  return { file: 'Elasticsearch', expected };
}
