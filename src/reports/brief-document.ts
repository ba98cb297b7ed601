import { number, percent } from '../detection/message/wording.ts';
import { SEVERITY_NAMES } from '../detection/severity-names.ts';
import type { Letterhead } from '../domain/letterhead.ts';
import type {
  AddedArticle,
  BriefModel,
  BriefQuotation,
  BriefStory,
  PressBrief,
} from '../domain/press-brief.ts';
import type { Block, PrintedDocument, PrintedLanguage, Run, Runs } from '../domain/printed-document.ts';
import { wilsonShare } from '../domain/share.ts';
import { vietnameseDay, vietnameseMinute } from '../domain/time.ts';
import { articlesHref } from './brief-links.ts';
import { BRIEF_WORDS, filterText, importanceReason, usualText } from './brief-words.ts';
import type { Names } from './names.ts';

/** Named in one line; the rest is behind the link. */
const MOST_PLACES = 5;

/** What a brief is printed with. */
export interface BriefPrinting {
  readonly lang: PrintedLanguage;
  readonly names: Names;
  /** Where the console is reached, without a slash at the end. */
  readonly consoleUrl: string;
  readonly letterhead: Letterhead;
}

/** A story of the archive, or an article that a person added, with what people wrote beside it. */
export type BriefItem = {
  readonly id: string;
  readonly topic: string;
  readonly proposal: string;
  readonly quotation?: BriefQuotation;
} & ({ readonly story: BriefStory } | { readonly added: AddedArticle });

/**
 * What is printed, in its order: topics in the order of their first item, items within them in the order that people
 * gave them.
 */
export function briefItems({
  model,
  edits,
}: PressBrief): { readonly topic: string; readonly items: BriefItem[] }[] {
  const stories = new Map(model.stories.map((story) => [story.id, story]));
  const added = new Map(edits.added.map((article) => [article.id, article]));
  const sections = new Map<string, BriefItem[]>();
  for (const id of edits.order) {
    const item = itemOf(id, stories.get(id), added.get(id), edits);
    if (item === undefined) continue;
    const section = sections.get(item.topic);
    if (section === undefined) sections.set(item.topic, [item]);
    else section.push(item);
  }
  return [...sections].map(([topic, items]) => ({ topic, items }));
}

function itemOf(
  id: string,
  story: BriefStory | undefined,
  added: AddedArticle | undefined,
  { proposals, quotations }: PressBrief['edits'],
): BriefItem | undefined {
  const proposal = proposals[id] ?? '';
  if (story !== undefined) {
    const quotation = quotations[id] ?? story.quotation;
    return { id, topic: story.topic, proposal, story, ...(quotation === undefined ? {} : { quotation }) };
  }
  return added === undefined ? undefined : { id, topic: added.topic, proposal, added };
}

/** The brief as it is printed, mailed and shown: every number leads to the articles that it counts. */
export function briefDocument(brief: PressBrief, printing: BriefPrinting): PrintedDocument {
  const { lang, letterhead } = printing;
  const { model, edits } = brief;
  const words = BRIEF_WORDS[lang];
  const sections = briefItems(brief);
  const shown = new Set(edits.order);
  const unshown = model.totals.stories - model.stories.filter(({ id }) => shown.has(id)).length;
  let before = 0;
  const stories = sections.flatMap(({ topic, items }) => {
    const block = storyTable(topic, items, before, model, printing);
    before += items.length;
    return [block];
  });
  return {
    lang,
    title: words.title(minute(model.period.from), minute(model.period.to)),
    header: {
      ...(letterhead.parentAgency === undefined ? {} : { parentAgency: letterhead.parentAgency }),
      agency: letterhead.agency,
      number: edits.number,
      place: edits.place,
      day: vietnameseDay(model.period.to),
    },
    blocks: [
      ...(brief.status === 'draft' ? [paragraph([{ text: words.draft, italic: true }])] : []),
      heading(1, `I. ${words.overview}`),
      ...overview(brief, printing),
      heading(1, `II. ${words.stories}`),
      ...stories,
      ...(unshown > 0 ? [paragraph([link(words.more(String(unshown)), articlesHref(model), printing)])] : []),
      heading(1, `III. ${words.remarks}`),
      ...remarks(edits.remarks === '' ? words.noRemarks : edits.remarks),
      paragraph([
        { text: `${words.watermark(minute(brief.dataWatermarkAt))} ${words.automatic}`, italic: true },
      ]),
    ],
    recipients: edits.recipients,
    signature: edits.signature,
  };
}

function overview({ model }: PressBrief, printing: BriefPrinting): Block[] {
  const { lang, names } = printing;
  const words = BRIEF_WORDS[lang];
  const { totals, filter } = model;
  const scope = filterText(filter, names);
  const n = (value: number) => number(value, lang);
  const to = (text: string, narrowing: Parameters<typeof articlesHref>[1]) =>
    link(text, articlesHref(model, narrowing), printing);
  const share = wilsonShare(totals.polarity.negative, totals.articles);
  return [
    ...(scope === '' ? [] : [paragraph([{ text: words.scope(scope) }])]),
    paragraph([
      { text: words.counted },
      to(words.articles(n(totals.articles)), {}),
      { text: words.ofStories(n(totals.stories), n(totals.newsrooms)) },
      to(words.negative(n(totals.polarity.negative)), { polarity: 'negative' }),
      ...(share === undefined
        ? []
        : [
            {
              text: words.shareOf(
                percent(share.share, lang),
                percent(share.low, lang),
                percent(share.high, lang),
              ),
            },
          ]),
      { text: ', ' },
      to(words.neutral(n(totals.polarity.neutral)), { polarity: 'neutral' }),
      { text: ', ' },
      to(words.positive(n(totals.polarity.positive)), { polarity: 'positive' }),
      { text: '. ' },
      { text: words.stance },
      to(words.criticised(n(totals.stance.negative)), { stance: 'negative' }),
      { text: ', ' },
      to(words.praised(n(totals.stance.positive)), { stance: 'positive' }),
      { text: '.' },
    ]),
    paragraph(usualRuns(model, printing)),
    ...noteRuns(model, printing),
    ...(totals.topics.length === 0 ? [] : [topicTable(model, printing)]),
  ];
}

/** What is usual, with a link to each of the weeks that say so. */
function usualRuns(model: BriefModel, printing: BriefPrinting): Runs {
  const { lang } = printing;
  const { usual } = model.totals;
  const text = usualText(usual, lang);
  if (usual.length === 0) return [{ text }];
  const weeks = usual.map(({ from, to, articles }) =>
    link(number(articles, lang), articlesHref(model, {}, { from, to }), printing),
  );
  return [
    { text: `${text} (` },
    ...weeks.flatMap((week, at) => (at === 0 ? [week] : [{ text: '; ' }, week])),
    { text: ').' },
  ];
}

function noteRuns(model: BriefModel, printing: BriefPrinting): Block[] {
  const { corrected, late } = model.totals;
  const words = BRIEF_WORDS[printing.lang];
  if (corrected + late === 0) return [];
  return [
    paragraph([
      ...(corrected === 0
        ? []
        : [link(words.corrected(String(corrected)), articlesHref(model, { corrected: 'yes' }), printing)]),
      ...(late === 0 ? [] : [{ text: words.late(String(late)) }]),
    ]),
  ];
}

function topicTable(model: BriefModel, printing: BriefPrinting): Block {
  const { lang, names } = printing;
  const { columns, topicCaption } = BRIEF_WORDS[lang];
  // A brief about one topic cannot narrow to another.
  const narrow = (topic: string) => ({ ...(model.filter.topic === undefined ? { topic } : {}) });
  const rows = model.totals.topics.filter(
    ({ topic }) => model.filter.topic === undefined || topic === model.filter.topic,
  );
  return {
    kind: 'table',
    caption: topicCaption,
    columns: [
      { title: columns.topic, align: 'start', width: 0.6 },
      { title: columns.all, align: 'end', width: 0.2 },
      { title: columns.negative, align: 'end', width: 0.2 },
    ],
    rows: rows.map(({ topic, articles, negative }) => [
      [{ text: names.topic(topic) }],
      [link(number(articles, lang), articlesHref(model, narrow(topic)), printing)],
      [
        link(
          number(negative, lang),
          articlesHref(model, { ...narrow(topic), polarity: 'negative' }),
          printing,
        ),
      ],
    ]),
  };
}

function storyTable(
  topic: string,
  items: readonly BriefItem[],
  before: number,
  model: BriefModel,
  printing: BriefPrinting,
): Block {
  const { lang, names } = printing;
  const { columns, storyCaption, noTopic } = BRIEF_WORDS[lang];
  return {
    kind: 'table',
    caption: storyCaption(topic === '' ? noTopic : names.topic(topic)),
    columns: [
      { title: columns.number, align: 'centre', width: 0.07 },
      { title: columns.content, align: 'start', width: 0.48 },
      { title: columns.figures, align: 'start', width: 0.25 },
      { title: columns.proposal, align: 'start', width: 0.2 },
    ],
    rows: items.map((item, at) => [
      [{ text: String(before + at + 1) }],
      contentRuns(item, printing),
      'story' in item ? figureRuns(item.story, model, printing) : [{ text: BRIEF_WORDS[lang].byHand }],
      [{ text: item.proposal }],
    ]),
  };
}

function contentRuns(item: BriefItem, printing: BriefPrinting): Runs {
  const words = BRIEF_WORDS[printing.lang];
  const { title, url, outletName, at } = 'story' in item ? item.story.lead : item.added;
  const quotation = 'added' in item ? item.added.quotation : item.quotation?.text;
  const quoted = item.quotation?.outletName ?? outletName;
  return [
    { text: title, bold: true, ...(url === '' ? {} : { href: url }) },
    { text: `\n${at === undefined ? outletName : words.first(outletName, minute(at))}.` },
    ...('story' in item ? storyNotes(item.story, printing) : []),
    ...(quotation === undefined || quotation === ''
      ? []
      : [{ text: `\n“${quotation}”`, italic: true }, { text: ` (${quoted})` }]),
  ];
}

function storyNotes(
  { id, earlier, provinces, incidents, importance }: BriefStory,
  printing: BriefPrinting,
): Runs {
  const { lang, names, consoleUrl } = printing;
  const words = BRIEF_WORDS[lang];
  return [
    ...(earlier === undefined
      ? []
      : [
          {
            text: `\n${words.earlier(earlier.outletName, minute(earlier.at), words.articles(number(earlier.articles, lang)))}.`,
            href: `${consoleUrl}/stories/${encodeURIComponent(id)}`,
          },
        ]),
    ...(provinces.length === 0
      ? []
      : [{ text: `\n${words.provinces}${provinces.slice(0, MOST_PLACES).map(names.province).join(', ')}.` }]),
    ...incidents.flatMap(({ id: incidentId, title, severity, status, alerts }) => [
      { text: `\n${words.incident}` },
      {
        text: title,
        href: `${consoleUrl}/incidents/${encodeURIComponent(incidentId)}`,
      },
      { text: ` (${importanceOf(severity, lang)}, ${words.status[status]}, ${words.alerts(alerts)}).` },
    ]),
    { text: `\n${words.why}${importanceReason(importance, lang)}.`, italic: true },
  ];
}

function importanceOf(
  severity: NonNullable<BriefStory['importance']['severity']>,
  lang: PrintedLanguage,
): string {
  return SEVERITY_NAMES[severity][lang].toLocaleLowerCase('vi');
}

function figureRuns(story: BriefStory, model: BriefModel, printing: BriefPrinting): Runs {
  const { lang, names } = printing;
  const words = BRIEF_WORDS[lang];
  const n = (value: number) => number(value, lang);
  const to = (text: string, narrowing: Parameters<typeof articlesHref>[1] = {}) =>
    link(text, articlesHref(model, { story: story.id, ...narrowing }), printing);
  const { polarity, stance } = story;
  const counted = (count: number, text: string, narrowing: Parameters<typeof articlesHref>[1]) =>
    count === 0 ? [] : [to(text, narrowing)];
  const tones = [
    ...counted(polarity.negative, words.negative(n(polarity.negative)), { polarity: 'negative' }),
    ...counted(polarity.neutral, words.neutral(n(polarity.neutral)), { polarity: 'neutral' }),
    ...counted(polarity.positive, words.positive(n(polarity.positive)), { polarity: 'positive' }),
  ];
  const stances = [
    ...counted(stance.negative, words.criticised(n(stance.negative)), { stance: 'negative' }),
    ...counted(stance.positive, words.praised(n(stance.positive)), { stance: 'positive' }),
  ];
  const corrected = counted(story.corrected, words.correctedOf(n(story.corrected)), { corrected: 'yes' });
  const copies = story.copies === 0 ? '' : `, ${words.copies(n(story.copies))}`;
  return [
    to(words.articles(n(story.articles))),
    { text: `: ${words.own(n(story.newsrooms.length))}${copies}.` },
    {
      text: `\n${story.newsrooms.map(names.newsroom).join(', ')} (${story.tiers.map((tier) => words.tier[tier]).join(', ')}).`,
    },
    ...line(tones),
    ...line(stances, words.stance),
    ...line(corrected),
  ];
}

/** The parts on a line of their own, with commas between; nothing where there is none. */
function line(parts: Runs, before = ''): Runs {
  if (parts.length === 0) return [];
  const listed = parts.flatMap((part, at) => (at === 0 ? [part] : [{ text: ', ' }, part]));
  return [{ text: `\n${before}` }, ...listed, { text: '.' }];
}

function remarks(text: string): Block[] {
  return text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => paragraph([{ text: line }]));
}

function heading(level: 1 | 2 | 3, text: string): Block {
  return { kind: 'heading', level, text };
}

function paragraph(runs: Runs): Block {
  return { kind: 'paragraph', runs };
}

function link(text: string, path: string, { consoleUrl }: BriefPrinting): Run {
  return { text, href: `${consoleUrl}${path}` };
}

/** `07:00 23/11/2026`. */
export function minute(at: string): string {
  if (at === '') return '…';
  const [day = '', clock = ''] = vietnameseMinute(at).split(' ');
  return `${clock} ${day.split('-').reverse().join('/')}`;
}
