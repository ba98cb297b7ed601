import type { NotificationMessage } from '../domain/notification.ts';
import { faultLine, faultText } from '../domain/pipeline-fault-texts.ts';
import type { PipelineFault } from '../domain/pipeline-health.ts';
import type { Bulletin, BulletinKind } from '../domain/pipeline-watch.ts';

/** All bulletins are one thread, and no incident's. */
const THREAD = 'nhip-yte-pipeline';

const HEADLINES: Readonly<Record<BulletinKind, Record<'vi' | 'en', string>>> = {
  fault: { vi: 'Hệ thống đang trục trặc', en: 'The system has a fault' },
  reminder: { vi: 'Nhắc lại, hệ thống vẫn trục trặc', en: 'Reminder, the system still has a fault' },
  'all-clear': { vi: 'Hệ thống đã chạy lại bình thường', en: 'The system is well again' },
};

const LONGEST_SHORT = 160;

/** More lines than this are not read on a phone. */
const MOST_BRIEF = 6;

/** What the operators are sent of the pipeline's faults: no word of any article, since none may be known. */
export function bulletinMessage(bulletin: Bulletin, consoleUrl: string): NotificationMessage {
  const { kind, standing, ended } = bulletin;
  const headline = HEADLINES[kind];
  const [first] = standing.length > 0 ? standing : ended;
  const what = first === undefined ? '' : `: ${faultText(first, 'vi').what}`;
  const more = standing.length > 1 ? ` (+${standing.length - 1})` : '';
  const url = `${consoleUrl.replace(/\/+$/, '')}/outlets`;
  return {
    incidentId: THREAD,
    step: kind,
    severity: kind === 'all-clear' ? 'information' : 'serious',
    language: 'vi',
    subject: `[Nhịp Y tế] ${headline.vi}${what}${more}`,
    brief: lines(bulletin, 'vi').slice(0, MOST_BRIEF),
    text: [...lines(bulletin, 'vi'), '', '— English —', ...lines(bulletin, 'en'), url].join('\n'),
    short: shortened(`[Nhip Y te] ${plain(headline.vi)}${plain(what)}${more}`, url),
    url,
  };
}

/** One line per fault, for the body of a heartbeat's failure. */
export function faultLines(faults: readonly PipelineFault[]): string {
  return faults.flatMap((fault) => [faultLine(fault, 'vi'), faultLine(fault, 'en')]).join('\n');
}

function lines({ kind, standing, ended }: Bulletin, language: 'vi' | 'en'): string[] {
  const over = language === 'vi' ? 'Đã hết' : 'Over';
  return [
    `${HEADLINES[kind][language]}.`,
    ...standing.map((fault) => `• ${faultLine(fault, language)}`),
    ...ended.map((fault) => `✓ ${over}: ${faultText(fault, language).what}`),
    ...(standing.length === 0 ? [] : [WARNING[language]]),
  ];
}

const WARNING = {
  vi: 'Trong lúc này có thể không có cảnh báo sự cố nào được phát: hãy tự theo dõi báo chí.',
  en: 'Meanwhile no incident may be told of: please watch the press yourselves.',
};

/** Without diacritics, so that it fits one text message of GSM 03.38. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[^\x20-\x7e]/g, ' ');
}

function shortened(text: string, url: string): string {
  return `${text.slice(0, Math.max(0, LONGEST_SHORT - 1 - url.length))} ${url}`;
}
