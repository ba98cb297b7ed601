import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { parseLetterhead } from '../../src/domain/letterhead.ts';
import { ConfigError } from '../../src/errors.ts';

const SHIPPED = readFileSync(resolve(import.meta.dirname, '../../config/office.yaml'), 'utf8');

function faultsOf(text: string): string[] {
  try {
    parseLetterhead(text, 'office.yaml');
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('parseLetterhead', () => {
  it('reads the file of this repository, which mails nobody anything', () => {
    const { agency, brief, report, recipients } = parseLetterhead(SHIPPED);
    expect(agency).not.toBe('');
    expect(recipients.length).toBeGreaterThan(0);
    expect([brief.to, report.to]).toEqual([[], []]);
  });

  it('explains every key in the comment at its head', () => {
    const head = SHIPPED.split('\n').filter((line) => line.startsWith('#'));
    for (const key of [
      'parentAgency',
      'agency',
      'place',
      'symbol',
      'signature',
      'recipients',
      'brief',
      'report',
    ]) {
      expect(
        head.some((line) => line.startsWith(`# ${key} `)),
        key,
      ).toBe(true);
    }
  });

  it('names what is wrong with its line', () => {
    const text = SHIPPED.replace('place: Hà Nội', "place: ''").replace(
      'report: { to: [] }',
      'report: { to: [khong-phai-thu] }\nfax: 1',
    );
    const line = (start: string) => text.split('\n').findIndex((one) => one.startsWith(start)) + 1;
    const faults = faultsOf(text);
    expect(faults).toHaveLength(3);
    expect(faults.join('\n')).toContain(`office.yaml:${line('place:')}: place`);
    expect(faults.join('\n')).toContain(`office.yaml:${line('report:')}: report.to[0]: expected a mailbox`);
    expect(faults.join('\n')).toContain(`office.yaml:${line('fax:')}`);
  });

  it('needs no body above the office, and no recipients of mails', () => {
    const text = 'agency: A\nplace: B\nsymbol: C\nsignature: { office: D }\nrecipients: []\n';
    expect(parseLetterhead(text)).toMatchObject({
      signature: { office: 'D', name: '' },
      brief: { to: [], onlyApproved: false },
      report: { to: [] },
    });
  });
});
