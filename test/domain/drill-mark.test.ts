import fc from 'fast-check';
import { expect, it } from 'vitest';

import { markedAsDrill } from '../../src/domain/drill-mark.ts';
import type { NotificationMessage } from '../../src/domain/notification.ts';

const message: NotificationMessage = {
  incidentId: 'incident-x',
  step: 'opened',
  severity: 'serious',
  language: 'vi',
  subject: '[Nghiêm trọng] Bệnh viện Mẫu',
  brief: ['Bệnh viện Mẫu', '8 bài trong 2 giờ'],
  text: 'Tám bài trong hai giờ.',
  short: '[Nghiem trong] Benh vien Mau https://nhip.example/incidents/incident-x',
  url: 'https://nhip.example/incidents/incident-x',
};

it('marks every form of a message, once', () => {
  const marked = markedAsDrill(message);
  expect(marked.subject).toBe('[DIỄN TẬP / DRILL] [Nghiêm trọng] Bệnh viện Mẫu');
  expect(marked.text).toMatch(
    /^DIỄN TẬP, không phải sự cố thật\. \/ DRILL, not a real incident\.\n\nTám bài/,
  );
  expect(marked.brief[0]).toContain('DIỄN TẬP');
  expect(marked.short).toBe(`[DIEN TAP] ${message.short}`);
  const card = { ...message, subject: '[DIỄN TẬP] Bệnh viện Mẫu', short: '[DIEN TAP] Benh vien Mau' };
  expect(markedAsDrill(card)).toMatchObject({ subject: card.subject, short: card.short });
});

it('keeps a text message within its length, and its link whole', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 130 }), fc.integer({ min: 1, max: 80 }), (words, path) => {
      const url = `https://n.vn/${'a'.repeat(path)}`;
      const short = `${'x'.repeat(words)} ${url}`.slice(-160);
      const marked = markedAsDrill({ ...message, short }).short;
      expect(marked.length).toBeLessThanOrEqual(160);
      expect(marked).toMatch(/^\[DIEN TAP\]/);
      if (short.includes(` ${url}`)) expect(marked.endsWith(url)).toBe(true);
    }),
  );
});
