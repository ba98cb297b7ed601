import { describe, expect, it } from 'vitest';

import { readFeed } from '../../src/reading/feed.ts';
import { sparedForMs } from '../../src/reading/feed-hints.ts';

const URL = 'https://vidu.vn/rss';
const HOUR_MS = 3_600_000;

function hintsOf(feed: string) {
  return readFeed(Buffer.from(feed), { url: URL }).hints;
}

describe('what a feed says about how it wants to be heard', () => {
  it('keeps the longer of ttl and sy:updatePeriod, and the hours and days to spare', () => {
    expect(
      hintsOf(`<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>x</title>
        <ttl>15</ttl><sy:updatePeriod> Hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
        <skipHours><hour>24</hour><hour>1</hour><hour>99</hour><hour>x</hour></skipHours>
        <skipDays><day>Sunday</day><day>Chủ nhật</day></skipDays></channel></rss>`),
    ).toEqual({ updateEveryMs: HOUR_MS / 2, skipHours: [0, 1], skipDays: [0] });
  });

  it('finds every hub, and itself, in RSS, Atom and JSON Feed', () => {
    const expected = { hubUrls: ['https://hub.vn/a', 'https://hub.vn/b'], selfUrl: 'https://vidu.vn/tin' };
    expect(
      hintsOf(`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>x</title>
        <atom:link rel="hub" href="https://hub.vn/a"/><atom:link rel="hub" href="https://hub.vn/b"/>
        <atom:link rel="self" href="/tin"/></channel></rss>`),
    ).toEqual(expected);
    expect(
      hintsOf(`<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><link rel="hub" href="https://hub.vn/a"/>
        <link rel="HUB" href="https://hub.vn/b"/><link rel="self" href="/tin"/></feed>`),
    ).toEqual(expected);
    expect(
      hintsOf(
        JSON.stringify({
          version: 'https://jsonfeed.org/version/1.1',
          feed_url: '/tin',
          hubs: [
            { type: 'WebSub', url: 'https://hub.vn/a' },
            { type: 'WebSub', url: 'https://hub.vn/b' },
          ],
          items: [],
        }),
      ),
    ).toEqual(expected);
  });

  it('leaves out what makes no sense', () => {
    for (const ttl of ['', '0', '-5', 'NaN', 'soon', 'Infinity'])
      expect(
        hintsOf(
          `<rss version="2.0"><channel><title>x</title><link>https://vidu.vn</link><ttl>${ttl}</ttl></channel></rss>`,
        ),
      ).toEqual({});
    expect(
      hintsOf(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><link rel="hub" href="javascript:0"/></feed>',
      ),
    ).toEqual({});
  });

  it('knows how long a feed is to be spared', () => {
    const sundayNight = new Date('2026-10-04T23:30:00Z');
    expect(sparedForMs({}, sundayNight)).toBe(0);
    expect(sparedForMs({ skipDays: [0] }, sundayNight)).toBe(HOUR_MS / 2);
    expect(sparedForMs({ skipDays: [0], skipHours: [0, 1] }, sundayNight)).toBe(2.5 * HOUR_MS);
    expect(sparedForMs({ skipHours: [0, 1] }, sundayNight)).toBe(0);
    expect(sparedForMs({ skipDays: [0, 1, 2, 3, 4, 5, 6] }, sundayNight)).toBe(0);
  });
});
