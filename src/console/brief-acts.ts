import { entryId } from '../domain/entry.ts';
import {
  type AddedArticle,
  approveBrief,
  type BriefEdits,
  type BriefOrder,
  type BriefQuotation,
  BriefTransitionError,
  editBrief,
  type PressBrief,
  refuseIfBriefChanged,
  reopenBrief,
} from '../domain/press-brief.ts';
import { asBriefArticle } from '../reports/press-brief.ts';
import { quotableSentences } from '../reports/quotation.ts';
import {
  type AddForm,
  type BriefAction,
  editsOf,
  movedOrder,
  readAdded,
  withAdded,
  withItem,
} from './brief-form.ts';
import type { ConsoleDeps } from './console-deps.ts';

type ActDeps = Pick<ConsoleDeps, 'office' | 'briefs' | 'articles' | 'now'>;

/** An article was to be added that the archive does not have, and of which too little was typed. */
export class NoSuchArticleError extends Error {
  override name = 'NoSuchArticleError';
}

/**
 * Keeps what was typed into a brief's form, and does what the pressed button says; all at once, or nothing.
 *
 * @param itemId  the story or added article that the button belongs to
 * @returns the brief as it then stands; `undefined` where there is none
 * @throws {BriefConflictError | BriefTransitionError | NoSuchArticleError | ZodError}
 */
export async function actOnBrief(
  order: BriefOrder,
  { kind, itemId }: { readonly kind: BriefAction; readonly itemId: string },
  body: unknown,
  deps: ActDeps,
): Promise<PressBrief | undefined> {
  const act = { by: order.by, at: deps.now().toISOString() };
  switch (kind) {
    case 'up':
    case 'down':
      return editPressBrief(order, (brief) => moved(brief, body, itemId, kind), deps);
    case 'out':
    case 'in':
      return editPressBrief(order, (brief) => withItem(editsOf(brief, body), itemId, kind === 'in'), deps);
    case 'add': {
      const article = await articleToAdd(readAdded(body), deps);
      return editPressBrief(order, (brief) => withAdded(editsOf(brief, body), article), deps);
    }
    case 'approve':
      return change(order, (brief) => approveBrief(editBrief(brief, editsOf(brief, body), act), act), deps);
    case 'reopen':
      return change(order, (brief) => reopenBrief(brief, act), deps);
    case 'remake':
      return deps.briefs.remake(order);
    case 'send':
      if (deps.briefs.send === undefined) throw new BriefTransitionError('There is no way to send it');
      return deps.briefs.send(order);
    default:
      return editPressBrief(order, (brief) => editsOf(brief, body), deps);
  }
}

function moved(brief: PressBrief, body: unknown, itemId: string, kind: 'up' | 'down'): BriefEdits {
  const typed = { ...brief, edits: editsOf(brief, body) };
  return { ...typed.edits, order: movedOrder(typed, itemId, kind === 'up' ? -1 : 1) };
}

/** Edits a brief at the version that a person saw. @throws {BriefConflictError | BriefTransitionError} */
export function editPressBrief(
  order: BriefOrder,
  editsAfter: (brief: PressBrief) => BriefEdits,
  deps: ActDeps,
): Promise<PressBrief | undefined> {
  const act = { by: order.by, at: deps.now().toISOString() };
  return change(order, (brief) => editBrief(brief, editsAfter(brief), act), deps);
}

function change(
  { id, version }: BriefOrder,
  to: (brief: PressBrief) => PressBrief,
  { office }: ActDeps,
): Promise<PressBrief | undefined> {
  return office.update('press-brief', id, (brief) => {
    refuseIfBriefChanged(brief, version);
    return to(brief);
  });
}

/** The article of an address or id; what was typed of it, where the archive does not have it. */
async function articleToAdd(form: AddForm, { articles }: ActDeps): Promise<Omit<AddedArticle, 'id'>> {
  const id = idIn(form.addUrl);
  const article = id === '' ? undefined : await articles.find(id);
  const quotation = form.addQuotation === '' ? {} : { quotation: form.addQuotation };
  if (article !== undefined) {
    return { ...asBriefArticle(article), topic: article.topics[0]?.topic ?? '', ...quotation };
  }
  if (form.addTitle === '' || form.addOutlet === '') throw new NoSuchArticleError();
  const url = /^https?:\/\//i.test(form.addUrl) ? form.addUrl : '';
  return { title: form.addTitle, outletName: form.addOutlet, url, topic: '', ...quotation };
}

/** The id of the article that an address leads to, here or at its outlet; what is no address may be an id itself. */
function idIn(address: string): string {
  const ours = /\/articles\/([^/?#]+)/.exec(address)?.[1];
  if (ours !== undefined) return ours;
  return URL.canParse(address) ? entryId(address) : address;
}

/**
 * What a choice of the quotation page stands for: a sentence by its article and its place there, none, or the
 * program's own choice, which is `undefined`.
 *
 * @throws {NoSuchArticleError} where the sentence does not stand in an article of the story
 */
export async function chosenQuotation(
  storyId: string,
  choice: string,
  { articles }: ActDeps,
): Promise<BriefQuotation | undefined> {
  if (choice === 'program') return undefined;
  if (choice === 'none') return { articleId: '', outletName: '', text: '' };
  const [articleId = '', start] = choice.split(':');
  const article = await articles.find(articleId);
  if (article?.storyId !== storyId) throw new NoSuchArticleError();
  const sentence = quotableSentences(article).find((one) => one.start === Number(start));
  if (sentence === undefined) throw new NoSuchArticleError();
  return { articleId, outletName: article.outletName, text: sentence.text };
}
