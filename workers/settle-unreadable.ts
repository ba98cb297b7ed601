import { type StageName, settle } from '../src/domain/entry.ts';
import { refreshArticles } from './refresh-articles.ts';
import type { Deps } from './stage.ts';

/** Records that an entry's page will not be read. What its title has earned stays: see `settle`. */
export async function settleUnreadable(
  entryId: string,
  stage: StageName,
  reason: string,
  deps: Deps,
): Promise<void> {
  const at = deps.now().toISOString();
  await deps.entries.update(entryId, (current) => ({
    ...settle(current, { outcome: 'failed', stage, at, reason }),
    unreadReason: reason,
  }));
  const article = await deps.articles.find(entryId);
  if (article?.readFrom === 'entry') await refreshArticles([entryId], deps);
}
