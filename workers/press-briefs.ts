import type { BriefOrder, BriefRequest, PressBrief } from '../src/domain/press-brief.ts';
import type { PrintedLanguage } from '../src/domain/printed-document.ts';
import { differenceOf, makePressBrief, printedBrief, remakePressBrief } from './keep-press-briefs.ts';
import { sendPressBrief } from './send-press-brief.ts';
import type { Deps } from './stage.ts';

/** What the console does with briefs. */
export function pressBriefs(deps: Deps) {
  const canSend = deps.sendMail !== undefined && deps.letterhead.brief.to.length > 0;
  return {
    make: (request: BriefRequest) => makePressBrief(request, deps),
    differenceOf: (brief: PressBrief) => differenceOf(brief, deps),
    remake: (order: BriefOrder) => remakePressBrief(order, deps),
    send: canSend ? (order: BriefOrder) => sendPressBrief(order, deps) : undefined,
    printed: (brief: PressBrief, lang: PrintedLanguage) => printedBrief(brief, lang, deps),
    at: deps.briefAt,
  };
}
