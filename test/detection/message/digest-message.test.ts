import { describe, expect, it } from 'vitest';

import { digestMessage } from '../../../src/detection/message/digest-message.ts';
import { gsmLength } from '../../../src/detection/message/gsm-text.ts';
import { openIncident } from '../../../src/domain/incident.ts';
import { anAlert } from '../../support/factories.ts';

const incidents = Array.from({ length: 25 }, (_, i) =>
  openIncident(
    anAlert({ id: `alert-${i}`, severity: i === 0 ? 'serious' : 'watch' }),
    `Bệnh viện ${i} · 3 bài/24 giờ`,
  ),
);

const digest = (count: number, languages?: readonly ('vi' | 'en')[]) =>
  digestMessage({
    notification: { incidentId: 'incident-alert-0', step: 'digest-2026-03-02' },
    incidents: incidents.slice(0, count),
    ...(languages === undefined ? {} : { languages }),
    consoleUrl: 'https://nhip.example.vn',
    now: new Date('2026-03-02T00:00:00.000Z'),
  });

describe('digestMessage', () => {
  it('tells of several incidents in one message, as severe as the most severe', () => {
    const { subject, brief, text, short, severity, url, acknowledgeUrl } = digest(3);
    expect(subject).toBe('Bản tin sáng 02/03: 3 sự việc chưa ai nhận');
    expect(severity).toBe('serious');
    expect(brief).toHaveLength(3);
    expect(brief[0]).toBe('• Nghiêm trọng: Bệnh viện 0 · 3 bài/24 giờ');
    expect(text.match(/https:\/\/nhip\.example\.vn\/incidents\/incident-alert-\d/g)).toHaveLength(6);
    expect(text).toContain('— English —');
    expect(short).toBe(
      'Ban tin sang 02/03: 3 su viec chua ai nhan: Benh vien 0 - 3 bai/24 gio; Benh vien 1 - 3 bai/24 gio; Benh vien 2 - 3 bai/24 gio https://nhip.example.vn/incidents',
    );
    expect(gsmLength(short)).toBeLessThanOrEqual(160);
    expect([url, acknowledgeUrl]).toEqual(['https://nhip.example.vn/incidents', undefined]);
  });

  it('stays short, and says how many it leaves out', () => {
    const { brief, text } = digest(25, ['en']);
    expect(brief).toHaveLength(7);
    expect(brief.at(-1)).toBe('… and 19 more');
    expect(text).toContain('Morning digest 02/03: 25 incidents');
    expect(text).toContain('… and 5 more');
    expect(text).not.toContain('sự việc chưa ai nhận');
  });
});
