import { type Command, Option } from 'commander';
import { z } from 'zod';

import { correctArticle, revokeCorrection } from '../../workers/correct-article.ts';
import type { App } from '../app.ts';
import { loadConfig } from '../config.ts';
import { agreementByVersion, sampledAgreement } from '../domain/agreement.ts';
import { MENTION_KINDS, type MentionKind, POLARITIES, type Polarity } from '../domain/analysis.ts';
import type { Correction, CorrectionDraft, MentionKey } from '../domain/correction.ts';
import { mentionKey } from '../domain/correction.ts';
import { contradictions, labelledTexts } from '../domain/labelled-text.ts';
import { loadLanguageOf } from '../settings.ts';
import { type Line, readLines, writeLine } from './json-lines.ts';
import { withAppOrConsole } from './with-app.ts';

/** What the console gives in one answer. */
const PER_ANSWER = 200;

export function addCorrections(program: Command): void {
  const corrections = program
    .command('corrections')
    .description('What people say of articles: kept through every re-analysis, and a test of every version');
  addList(corrections);
  addAdd(corrections);
  addRevoke(corrections);
  addAgreement(corrections);
  addExport(corrections);
  addCheck(corrections);
}

function addList(corrections: Command): void {
  corrections
    .command('list')
    .description('One JSON line per correction, newest first, those withdrawn included')
    .action(async () => {
      for (const correction of await allCorrections()) await writeLine(correction);
    });
}

interface AddOptions {
  readonly by: string;
  readonly reason: string;
  readonly confirm?: boolean;
  readonly health?: 'yes' | 'no';
  readonly polarity?: Polarity;
  readonly topics?: readonly string[];
  readonly addMention?: readonly MentionKey[];
  readonly removeMention?: readonly MentionKey[];
  readonly story?: string;
  readonly copies?: boolean;
}

function addAdd(corrections: Command): void {
  const key = (value: string, sofar: readonly MentionKey[] = []) => [...sofar, readMentionKey(value)];
  corrections
    .command('add')
    .argument('<article-id>', 'as search and the console give it')
    .description('Correct or confirm an article; it has taken effect when this returns')
    .requiredOption('--by <name>', 'who says so')
    .requiredOption('--reason <text>', 'why')
    .option('--confirm', 'all is right as it stands')
    .addOption(new Option('--polarity <polarity>').choices(POLARITIES))
    .addOption(
      new Option('--health <answer>', 'whether it is about the health sector').choices(['yes', 'no']),
    )
    .option('--topics <keys>', 'all topics that it has, separated by commas; empty for none', readTopics)
    .option('--add-mention <kind:id>', 'may be repeated: facility:bv-cho-ray', key)
    .option('--remove-mention <kind:id>', 'may be repeated', key)
    .option('--story <id>', "the story that it belongs to; 'own' for one of its own")
    .option('--copies', 'also the copies of its text in its story, those still to come included')
    .action(async (articleId: string, options: AddOptions) => {
      const draft = draftOf(articleId, options);
      const correction = await withAppOrConsole<Correction>(
        ({ deps }) => correctArticle(draft, deps),
        async (ask) => {
          const { articleId: id, addMentions, removeMentions, ...rest } = draft;
          const path = `/api/v1/articles/${encodeURIComponent(id)}/corrections`;
          const keys = {
            addMentions: addMentions?.map(mentionKey),
            removeMentions: removeMentions?.map(mentionKey),
          };
          return (await (await ask(path, { ...rest, ...keys })).json()) as Correction;
        },
      );
      await writeLine(correction);
    });
}

function draftOf(articleId: string, options: AddOptions): CorrectionDraft {
  const { by, reason, confirm, health, polarity, topics, addMention, removeMention, story, copies } = options;
  return {
    articleId,
    by,
    reason,
    scope: copies === true ? 'copies' : 'article',
    ...(confirm === true ? { confirms: true } : {}),
    ...(health === undefined ? {} : { isHealth: health === 'yes' }),
    ...(polarity === undefined ? {} : { polarity }),
    ...(topics === undefined ? {} : { topics }),
    ...(addMention === undefined ? {} : { addMentions: addMention }),
    ...(removeMention === undefined ? {} : { removeMentions: removeMention }),
    ...(story === undefined ? {} : { story }),
  };
}

function readTopics(value: string): string[] {
  return value
    .split(',')
    .map((topic) => topic.trim())
    .filter((topic) => topic !== '');
}

function readMentionKey(value: string): MentionKey {
  const colon = value.indexOf(':');
  const kind = value.slice(0, Math.max(0, colon));
  if (!(MENTION_KINDS as readonly string[]).includes(kind))
    throw new Error(`${value}: expected kind:id, such as facility:bv-cho-ray`);
  return { kind: kind as MentionKind, id: value.slice(colon + 1) };
}

function addRevoke(corrections: Command): void {
  corrections
    .command('revoke')
    .argument('<correction-id>')
    .description('Withdraw a correction: what it concerned is again as it was; exit 1 if there is none')
    .requiredOption('--by <name>', 'who says so')
    .action(async (id: string, { by }: { by: string }) => {
      const revoked = await withAppOrConsole<Correction | undefined>(
        ({ deps }) => revokeCorrection(id, by, deps),
        async (ask) =>
          (await (
            await ask(`/api/v1/corrections/${encodeURIComponent(id)}/revoke`, { by })
          ).json()) as Correction,
      );
      if (revoked !== undefined) return writeLine(revoked);
      process.stderr.write(`No correction ${id}\n`);
      process.exitCode = 1;
    });
}

function addAgreement(corrections: Command): void {
  corrections
    .command('agreement')
    .description(
      'How often each version says what people say: one JSON line per version, of all that was judged and of what was drawn by chance',
    )
    .action(async () => {
      const all = await allCorrections();
      for (const version of agreementByVersion(all)) await writeLine({ of: 'all', ...version });
      for (const version of sampledAgreement(all)) await writeLine({ of: 'sampled', ...version });
    });
}

function addExport(corrections: Command): void {
  corrections
    .command('export')
    .description(
      'People’s last word on each article, as a labelled text per line: for `corrections check` and for the benchmark of the language',
    )
    .action(async () => {
      for (const text of labelledTexts(await allCorrections())) await writeLine(text);
    });
}

const labelled = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  title: z.string(),
  summary: z.string().default(''),
  body: z.string().default(''),
  credit: z.string().optional(),
  fromHealthFeed: z.boolean().default(false),
  isHealth: z.boolean().optional(),
  polarity: z.enum(POLARITIES).optional(),
  topics: z.array(z.string()).optional(),
  mentions: z.object({ has: z.array(z.string()), lacks: z.array(z.string()) }).optional(),
  reason: z.string().optional(),
});

/** @throws where the line is none of a labelled text */
function readLabelled(line: Line, file: string): z.infer<typeof labelled> {
  const where = `${file}:${line.number}`;
  if ('error' in line) throw new Error(`${where}: ${line.error}`);
  const parsed = labelled.safeParse(line.value);
  if (!parsed.success) throw new Error(`${where}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function addCheck(corrections: Command): void {
  corrections
    .command('check')
    .argument('<file>', 'as `corrections export` writes it; - for standard input')
    .description(
      'Judge labelled texts with the language as it stands: one JSON line per contradiction of a person’s word, exit 1 if there is any',
    )
    .action(async (file: string) => {
      const language = loadLanguageOf(loadConfig(process.env).configDir);
      let texts = 0;
      let against = 0;
      for await (const line of readLines(file)) {
        const { id, title, summary, body, credit, fromHealthFeed, reason, ...word } = readLabelled(
          line,
          file,
        );
        texts += 1;
        const found = contradictions(
          word,
          language.analyse({ title, summary, body, credit }, { fromHealthFeed }),
        );
        if (found.length > 0) against += 1;
        for (const contradiction of found)
          await writeLine({ id, line: line.number, title, ...contradiction, reason });
      }
      process.stderr.write(
        `${texts} texts, ${against} judged against a person’s word (${language.version})\n`,
      );
      if (against > 0) process.exitCode = 1;
    });
}

/** Newest first, from the stores or from the console of the process that owns them. */
function allCorrections(): Promise<Correction[]> {
  return withAppOrConsole(readStore, async (ask) => {
    const found = new Map<string, Correction>();
    for (let offset = 0; ; offset += PER_ANSWER) {
      const path = `/api/v1/corrections?offset=${offset}&limit=${PER_ANSWER}`;
      const { corrections } = (await (await ask(path)).json()) as { corrections: Correction[] };
      for (const correction of corrections) found.set(correction.id, correction);
      if (corrections.length < PER_ANSWER) return [...found.values()];
    }
  });
}

async function readStore({ deps }: App): Promise<Correction[]> {
  const all: Correction[] = [];
  for await (const batch of deps.corrections.scan()) all.push(...batch);
  return all.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
