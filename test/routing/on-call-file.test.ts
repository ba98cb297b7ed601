import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { parsePublicHolidays } from '../../src/domain/public-holiday.ts';
import type { ConfigError } from '../../src/errors.ts';
import { parseOnCall } from '../../src/routing/on-call-file.ts';
import { onDuty } from '../../src/routing/on-duty.ts';
import { recipientsOf } from '../../src/routing/recipients.ts';
import { loadSettings } from '../../src/settings.ts';
import { anOnCall, PLACES, shippedOnCallText } from '../support/on-call.ts';

/** An office as one may be: roles, no people. */
const OFFICE = shippedOnCallText()
  .replace(/^#.*\n/gm, '')
  .replace(
    /^officers:[\s\S]*?^duty: .*$/m,
    `officers:
  - { id: press-a, name: Trực A, channels: [{ channel: telegram, to: "1" }, { channel: email, to: a@example.org }], absences: [{ from: 2026-03-10, to: 2026-03-11 }], substitute: press-b }
  - { id: press-b, name: Trực B, channels: [{ channel: sms, to: "+84900000000" }] }
  - { id: focal, name: Đầu mối bệnh viện, channels: [{ channel: email, to: f@example.org }] }
  - { id: office-79, name: Văn phòng Sở, channels: [{ channel: log }] }
  - { id: policy, name: Bàn chính sách, channels: [{ channel: log }] }
  - { id: ministry, name: Trực Bộ, channels: [{ channel: log }] }
rotas:
  - { id: press, since: 2026-03-02, handOverAt: "08:00", officers: [press-a, press-b], onHolidays: ministry, covers: [{ from: 2026-03-05, to: 2026-03-05, officer: policy }] }
duty: [press]
ministry: [ministry]
facilities: { bv-mau: [focal] }
provinces: { Bình Dương: [office-79] }
desks: [{ about: [policy-document, topic:insurance], who: [policy] }]`,
  );

const HOLIDAYS = parsePublicHolidays("tet: { '2026': 2026-02-17 }\nyearly: [04-30]\nonce: []");
const office = parseOnCall(OFFICE, PLACES, HOLIDAYS);
const noon = new Date('2026-03-03T05:00:00.000Z');

function faultsOf(text: string) {
  try {
    parseOnCall(text, PLACES, [], 'on-call.yaml');
  } catch (error) {
    return (error as ConfigError).faults;
  }
  throw new Error('expected a ConfigError');
}

describe('on-call.yaml', () => {
  it('ships sound beside the other files, and names somebody for every severity', () => {
    const { onCall } = loadSettings(resolve(import.meta.dirname, '../../config'), noon);
    for (const severity of ['information', 'watch', 'serious', 'critical'] as const) {
      expect(recipientsOf({ severity, series: ['facility:bv-cho-ray'] }, onCall, noon)[0]).toEqual([
        'duty-officer',
      ]);
    }
    expect(onCall.places.provinceCodes.get('bình dương')).toBe('79');
    expect(onCall.places.provinceCodes.get('74')).toBe('79');
    expect(onCall.places.facilityProvinces.get('bv-cho-ray')).toBe('79');
  });

  it('names every fault with its line and what was expected', () => {
    const text = OFFICE.replace('duty: [press]', 'duty: [nobody]')
      .replace('bv-mau:', 'bv-ao:')
      .replace('Bình Dương:', 'Bình Dung:')
      .replace('officers: [press-a, press-b]', 'officers: [press-a, press-z]')
      .replace('topic:insurance', 'topic:weather')
      .replace('channel: telegram', 'channel: pigeon')
      .replace('+84900000000', '0900000000');
    const lines = text.split('\n');
    const first = faultsOf(text).map(({ line, expected }) => `${lines[(line ?? 0) - 1]} :: ${expected}`);
    expect(first.some((fault) => fault.includes('press-a') && fault.includes('"telegram"'))).toBe(true);
    expect(first.some((fault) => fault.includes('0900000000') && fault.includes('+84'))).toBe(true);

    // Names are looked at once the form of the file is sound.
    const formed = text.replace('channel: pigeon', 'channel: telegram').replace('0900000000', '+84900000000');
    const names = faultsOf(formed)
      .map(({ expected }) => expected)
      .join('\n');
    for (const word of [
      '"nobody"',
      'config/facilities.yaml',
      'config/provinces.yaml',
      '"press-z"',
      'topic:incidents',
    ]) {
      expect(names).toContain(word);
    }
    expect(
      lines[(faultsOf(formed).find(({ expected }) => expected.includes('"nobody"'))?.line ?? 0) - 1],
    ).toContain('duty');
  });

  it('refuses ids twice, channels twice, turned days and a digest at night', () => {
    const expected = (text: string) =>
      faultsOf(text)
        .map((fault) => fault.expected)
        .join('\n');
    expect(expected(OFFICE.replace('id: press-b', 'id: press-a'))).toContain(
      '"press-a" stands above already',
    );
    expect(expected(OFFICE.replace('channel: telegram', 'channel: email'))).toContain('each channel once');
    expect(expected(OFFICE.replace('to: 2026-03-11', 'to: 2026-03-09'))).toContain(
      '2026-03-10 or a later day',
    );
    expect(expected(OFFICE.replace('digestAt: "07:00"', 'digestAt: "06:00"'))).toContain('06:30 or later');
    expect(expected(OFFICE.replace(/duty: .*/, 'duty: []'))).toContain('at least one');
  });
});

describe('who is on duty', () => {
  const at = (local: string) => onDuty('press', office, new Date(`${local}+07:00`));

  it('changes every week at the hour of hand-over, before the first week too', () => {
    expect(at('2026-03-02T08:00:00')).toBe('press-a');
    expect(at('2026-03-09T07:59:59')).toBe('press-a');
    expect(at('2026-03-09T08:00:00')).toBe('press-b');
    expect(at('2026-03-02T07:59:59')).toBe('press-b');
  });

  it('is whoever swapped, covers Tết, or stands in', () => {
    expect(at('2026-03-05T12:00:00')).toBe('policy');
    expect(at('2026-02-17T02:00:00')).toBe('ministry');
    expect(at('2026-04-30T12:00:00')).toBe('ministry');
    expect(onDuty('press-a', office, new Date('2026-03-10T05:00:00Z'))).toBe('press-b');
    expect(onDuty('press-a', office, new Date('2026-03-12T05:00:00Z'))).toBe('press-a');
  });
});

describe('who is told', () => {
  const lines = (series: string[], severity: 'critical' | 'serious' | 'watch' = 'serious') =>
    recipientsOf({ severity, series }, office, noon);

  it('is the focal person and the office of the province, then duty, the ministry and everybody', () => {
    expect(lines(['facility:bv-mau'])).toEqual([
      ['focal', 'office-79'],
      ['press-a'],
      ['ministry'],
      ['press-b', 'policy'],
    ]);
    expect(lines(['facility:bv-mau'], 'watch')).toEqual([['focal', 'office-79']]);
    expect(lines(['facility:bv-mau'], 'critical')[0]).toEqual(['focal', 'office-79', 'press-a', 'ministry']);
  });

  it('knows provinces by what they became, and topics within them', () => {
    expect(lines(['province:74'])[0]).toEqual(['office-79']);
    expect(lines(['province-topic:79/insurance'])[0]).toEqual(['policy', 'office-79']);
    expect(lines(['policy-document:1-2026-nd-cp'])[0]).toEqual(['policy']);
  });

  it('is the duty officer where the place is unknown, never nobody', () => {
    for (const series of [['facility:bv-nowhere'], ['province:99'], ['story:x'], ['province:01'], []]) {
      expect(lines(series)[0]).toEqual(['press-a']);
    }
  });
});

it('reads the shipped text alone too', () => {
  expect([...anOnCall().officers.keys()]).toEqual(['duty-officer']);
});
