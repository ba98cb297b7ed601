import type { ComponentChildren } from 'preact';

import { type FeedState, isFailing, type Reach } from '../../domain/feed-state.ts';
import type { Feed, Outlet } from '../../domain/outlet.ts';
import { toSearch } from '../article-query.ts';
import { number } from '../times.ts';
import { useUi } from '../ui.ts';
import { FeedTable } from './feed-table.tsx';
import { Layout } from './layout.tsx';
import { Notice } from './parts.tsx';

interface OutletsPageProps {
  readonly outlets: readonly Outlet[];
  readonly feeds: readonly Feed[];
  readonly states: ReadonlyMap<string, FeedState>;
  readonly reach: Reach;
  /** Articles of the last seven days by outlet id. */
  readonly recent: ReadonlyMap<string, number>;
  /** What is known of each outlet, before the feeds of each. */
  readonly overview: ComponentChildren;
}

/** How well we hear each outlet; the broken ones first. */
export function OutletsPage({ outlets, feeds, states, reach, recent, overview }: OutletsPageProps) {
  const { m } = useUi();
  const byOutlet = new Map<string, Feed[]>();
  for (const feed of feeds) byOutlet.set(feed.outletId, [...(byOutlet.get(feed.outletId) ?? []), feed]);
  const failing = (outlet: Outlet) =>
    (byOutlet.get(outlet.id) ?? []).filter(({ id }) => isFailing(states.get(id) ?? NEW)).length;
  const ordered = outlets
    .filter(({ id }) => byOutlet.has(id))
    .sort((a, b) => failing(b) - failing(a) || a.name.localeCompare(b.name, 'vi'));
  return (
    <Layout title={m.outlets.title} section="outlets">
      <h1>{m.outlets.heading}</h1>
      <div id="outlets" data-live>
        <ReachNotice reach={reach} />
        {overview}
        <h2>{m.outletReport.feedTables}</h2>
        {ordered.map((outlet) => (
          <OutletSection
            key={outlet.id}
            outlet={outlet}
            feeds={byOutlet.get(outlet.id) ?? []}
            states={states}
            recent={recent.get(outlet.id) ?? 0}
          />
        ))}
      </div>
    </Layout>
  );
}

const NEW = { status: 'new' } as const;

function ReachNotice({ reach }: { reach: Reach }) {
  const { m } = useUi();
  switch (reach.state) {
    case 'no-feeds':
      return (
        <Notice tone="bad" title={m.outlets.noFeeds}>
          <p>{m.outlets.noFeedsWhy}</p>
        </Notice>
      );
    case 'not-yet':
      return (
        <Notice tone="plain" title={m.outlets.notYet}>
          <p>{m.outlets.notYetWhy}</p>
        </Notice>
      );
    case 'none':
      return (
        <Notice tone="bad" title={m.outlets.noneReachable}>
          <p>{m.outlets.noneReachableWhy(reach.tried)}</p>
        </Notice>
      );
    default:
      return (
        <Notice
          tone={reach.state === 'all' ? 'good' : 'plain'}
          title={m.outlets.summary(reach.working, reach.configured)}
        />
      );
  }
}

interface OutletSectionProps {
  readonly outlet: Outlet;
  readonly feeds: readonly Feed[];
  readonly states: ReadonlyMap<string, FeedState>;
  readonly recent: number;
}

function OutletSection({ outlet, feeds, states, recent }: OutletSectionProps) {
  const { m, lang } = useUi();
  return (
    <section class="outlet-section" id={outlet.id}>
      <h2>
        <a href={`/outlets/${outlet.id}`}>{outlet.name}</a> <span class="tier">{m.tier[outlet.tier]}</span>{' '}
        <a class="aside" href={`/articles${toSearch({ outlet: outlet.id })}`}>
          {m.outlets.articles(number(recent, lang))} / {m.period['7d']}
        </a>
      </h2>
      <FeedTable feeds={feeds} states={states} />
    </section>
  );
}
