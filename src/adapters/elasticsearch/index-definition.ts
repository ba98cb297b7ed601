import type { estypes } from '@elastic/elasticsearch';

/**
 * One kind of document: how its index looks in the version that this program reads and writes.
 *
 * `setup.ts` makes templates and indices of it and adds what all of them share: `dynamic: strict`, `_meta` with kind
 * and version, one primary shard, replicas as the cluster has room for.
 */
export interface IndexDefinition {
  /** Part of the index name, such as `feed-states`. */
  readonly kind: string;
  /** From 1; one more whenever mappings or settings change, which is what makes `nhip-yte setup` migrate. */
  readonly version: number;
  /** One index per UTC month behind the kind's alias; otherwise one index. */
  readonly isMonthly: boolean;
  readonly mappings: estypes.MappingTypeMapping;
  /** Analyzers and whatever else is the kind's own. */
  readonly settings: estypes.IndicesIndexSettings;
  /** Fields that are searched and never given back; `upgrade` has to make them anew. */
  readonly unkept?: readonly string[];
  /**
   * Brings a document of an earlier version into this one's form while it is migrated; without it, documents are
   * copied as they are. Processes of the earlier version go on writing after the migration until they are replaced,
   * so a field that they write must stay in the mapping for one version longer.
   *
   * @param source  the document as stored; may be changed in place
   */
  upgrade?(source: Record<string, unknown>, fromVersion: number): Record<string, unknown>;
}
