import { seriesKey } from '../src/domain/series.ts';
import type { PolicyDocument } from '../src/language/policy-document-registry.ts';
import { type PolicyReport, policyReport } from '../src/reports/policy-coverage.ts';
import type { Deps } from './stage.ts';

/** Of a law that everybody writes of the newest are read; the report says how many there are. */
const MOST_READ = 3000;

/** What the press makes of a policy document, from the newest 3,000 articles that mention it. */
export async function gatherPolicy(
  document: PolicyDocument,
  { articles, now }: Pick<Deps, 'articles' | 'now'>,
): Promise<PolicyReport> {
  const filter = { series: seriesKey('policy-document', document.id) };
  const [page, watermark] = await Promise.all([
    articles.search(filter, { offset: 0, limit: MOST_READ }),
    articles.watermark(),
  ]);
  return policyReport(document, page.articles, page.total, watermark ?? '', now());
}
