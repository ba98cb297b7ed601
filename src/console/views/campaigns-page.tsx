import { DAY_MS, vietnameseDay } from '../../domain/time.ts';
import { toSearch } from '../article-query.ts';
import { dayOf, number } from '../times.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Scroll } from './parts.tsx';

interface ListedCampaign {
  readonly id: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly status: 'coming' | 'running' | 'over';
  readonly search: string;
  readonly articles: number;
}

const EXAMPLE = `campaigns:
  - id: vaccine-2026
    name: Tiêm chủng mở rộng 2026
    from: 2026-03-01
    to: 2026-03-31
    terms: [tiêm chủng mở rộng]
    themes: [{ id: measles, name: Sởi, terms: [tiêm vắc xin sởi] }]
    messages: [{ id: free, text: Vắc xin trong chương trình được tiêm miễn phí cho trẻ em }]
    hashtags: ["#tiemchung2026"]`;

/** First and last day of a span whose end is the midnight after it. */
export function daysOf({ from, to }: { readonly from: string; readonly to: string }) {
  return { from: vietnameseDay(from), to: vietnameseDay(Date.parse(to) - DAY_MS) };
}

export function CampaignsPage({ campaigns }: { campaigns: readonly ListedCampaign[] }) {
  const { m, lang } = useUi();
  return (
    <Layout title={m.campaigns.title} section="campaigns">
      <h1>{m.campaigns.title}</h1>
      {campaigns.length === 0 ? (
        <div class="notice plain">
          <p>{m.campaigns.noCampaigns}</p>
          <pre>{EXAMPLE}</pre>
        </div>
      ) : (
        <Scroll label={m.campaigns.title}>
          <table>
            <caption class="visually-hidden">{m.campaigns.title}</caption>
            <thead>
              <tr>
                <th scope="col">{m.campaigns.name}</th>
                <th scope="col">{m.campaigns.period}</th>
                <th scope="col">{m.campaigns.state}</th>
                <th scope="col" class="figure">
                  {m.campaigns.articles}
                </th>
              </tr>
            </thead>
            <tbody>
              {campaigns.map((campaign) => {
                const days = daysOf(campaign);
                return (
                  <tr key={campaign.id}>
                    <th scope="row">
                      <a href={`/campaigns/${encodeURIComponent(campaign.id)}`}>{campaign.name}</a>
                    </th>
                    <td>
                      {dayOf(days.from)} – {dayOf(days.to)}
                    </td>
                    <td>{m.campaigns.status[campaign.status]}</td>
                    <td class="figure">
                      {campaign.status === 'coming' ? (
                        '–'
                      ) : (
                        <a href={`/articles${toSearch({ q: campaign.search, ...days })}`}>
                          {number(campaign.articles, lang)}
                        </a>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      )}
    </Layout>
  );
}
