import type { NotificationMessage } from '../../domain/notification.ts';
import { shortForm } from './short-form.ts';
import type { Language } from './wording.ts';
import { clock } from './wording.ts';

const WORDS = {
  vi: {
    subject: '[THỬ] Nhịp Y tế gửi thử, không có sự việc nào',
    brief: [
      'Nếu anh/chị đọc được dòng này, kênh đang hoạt động.',
      'Dấu tiếng Việt: ắằẳẵặ ếềểễệ ốồổỗộ ứừửữự đĐ',
    ],
    sentAt: 'Gửi lúc',
  },
  en: {
    subject: '[TEST] Nhịp Y tế is trying this channel, nothing has happened',
    brief: ['If you can read this, the channel works.', 'Vietnamese letters: ắằẳẵặ ếềểễệ ốồổỗộ ứừửữự đĐ'],
    sentAt: 'Sent at',
  },
} as const;

/** A message that tries a channel, marked as such in every form. @param consoleUrl  without a slash at the end */
export function testMessage(language: Language, consoleUrl: string, now: Date): NotificationMessage {
  const { subject, brief, sentAt } = WORDS[language];
  const sent = `${sentAt} ${clock(now.toISOString())}.`;
  return {
    incidentId: 'notify-test',
    step: 'test',
    severity: 'information',
    language,
    subject,
    brief: [...brief, sent],
    text: [subject, ...brief, sent, consoleUrl].join('\n'),
    short: shortForm(`${subject}. ${sent}`, '', [consoleUrl]),
    url: consoleUrl,
  };
}
