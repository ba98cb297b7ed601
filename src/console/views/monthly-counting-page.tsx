import type { MonthlyCounting } from '../../domain/monthly-report.ts';
import type { PrintedDocument } from '../../domain/printed-document.ts';
import type { MonthlyDifference } from '../../reports/monthly-difference.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { MonthlyChanges } from './monthly-changes.tsx';
import { MonthlyCounted } from './monthly-counted.tsx';
import { Notice } from './parts.tsx';
import { PrintedBlocks } from './printed-blocks.tsx';

interface MonthlyCountingPageProps {
  readonly counting: MonthlyCounting;
  /** With links within the console. */
  readonly document: PrintedDocument;
  /** What the current report says otherwise. */
  readonly difference: MonthlyDifference;
}

/** The figures that the report of a month had before it was counted again: to be read only. */
export function MonthlyCountingPage({ counting, document, difference }: MonthlyCountingPageProps) {
  const { m } = useUi();
  const page = `/reports/${counting.owner}`;
  return (
    <Layout title={document.title} section="reports">
      <div class="page-head">
        <h1>{document.title}</h1>
        <MonthlyCounted at={counting.at} counting={counting} />
      </div>
      <Notice tone="plain" title={m.monthly.earlierOne}>
        {difference.isSame ? (
          <p>{m.monthly.sameSince}</p>
        ) : (
          <>
            <p>{m.monthly.sinceThen}</p>
            <MonthlyChanges difference={difference} />
          </>
        )}
        <p>
          <a href={page}>{m.monthly.toCurrent}</a>
        </p>
      </Notice>
      <p class="screen-only">
        <a href={`${page}.csv?counted=${counting.at}`}>{m.monthly.csv}</a>
      </p>
      <PrintedBlocks blocks={document.blocks} />
    </Layout>
  );
}
