import type { Campaign } from './campaign.ts';
import { CRISIS_ROOM } from './crisis-room.ts';
import { dashboard, tag } from './dashboard.ts';
import { dataView } from './data-view.ts';
import { dataViews } from './data-views.ts';
import { map } from './map.ts';
import { OUTLETS_AND_LEDGER } from './outlets-and-ledger.ts';
import { OVERVIEW } from './overview.ts';
import { type PolicyDocument, policyAndCampaigns } from './policy-and-campaigns.ts';
import { PROVINCES_MAP } from './provinces-map.ts';
import type { SavedObject } from './saved-object.ts';
import { search } from './search.ts';
import { SEARCHES } from './searches.ts';

export interface DashboardSettings {
  /** Begins the name of every index and of every object's id. */
  readonly prefix: string;
  readonly policyDocuments: readonly PolicyDocument[];
  readonly campaigns: readonly Campaign[];
}

/** Everything that goes to Kibana, what others refer to first; the same settings give the same objects. */
export function savedObjects({ prefix, policyDocuments, campaigns }: DashboardSettings): SavedObject[] {
  const numbers = Object.fromEntries(policyDocuments.map(({ id, number }) => [id, number]));
  return [
    tag(prefix),
    ...dataViews(numbers).map((definition) => dataView(prefix, definition)),
    map(prefix, PROVINCES_MAP),
    ...SEARCHES.map((definition) => search(prefix, definition)),
    ...[OVERVIEW, CRISIS_ROOM, policyAndCampaigns(policyDocuments, campaigns), OUTLETS_AND_LEDGER].map(
      (definition) => dashboard(prefix, definition),
    ),
  ];
}
