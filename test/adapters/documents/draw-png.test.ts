import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { findChromium } from '../../../src/adapters/documents/chromium.ts';
import { createPngDrawer } from '../../../src/adapters/documents/draw-png.ts';
import { groupedBars } from '../../../src/reports/printed-charts.ts';

const browser = findChromium(process.env.CHROMIUM_PATH === '' ? undefined : process.env.CHROMIUM_PATH);

/** Width, height, and the bytes of the points as they are packed (PNG, W3C Recommendation). */
function readPng(bytes: Uint8Array) {
  const file = Buffer.from(bytes);
  const packed: Buffer[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') {
      packed.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
    }
  }
  return {
    width: file.readUInt32BE(16),
    height: file.readUInt32BE(20),
    points: inflateSync(Buffer.concat(packed)),
  };
}

describe.skipIf(browser === undefined)(
  `drawing a picture${browser === undefined ? ' (skipped: no Chromium was found, set CHROMIUM_PATH)' : ''}`,
  { timeout: 120_000 },
  () => {
    const draw = createPngDrawer(browser ?? '');

    it('gives twice the points that the drawing has, in its colours', async () => {
      const plain = (colour: string) =>
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300"><rect width="600" height="300" fill="${colour}"/></svg>`;
      const size = { width: 600, height: 300 };
      const { width, height, points } = readPng(await draw(plain('#ff0000'), size));
      expect([width, height]).toEqual([1200, 600]);
      // The first line says how it is packed, then red, green and blue of its first point.
      expect([...points.subarray(1, 4)]).toEqual([255, 0, 0]);
    });

    it('draws a chart to its last line', async () => {
      const svg = groupedBars(
        ['Khám chữa bệnh', 'An toàn thực phẩm'],
        [{ name: 'Tháng này', tone: 'now', values: [3, 5] }],
      );
      const { width, height, points } = readPng(await draw(svg, { width: 640, height: 138 }));
      expect([width, height]).toEqual([1280, 276]);
      expect(new Set(points).size).toBeGreaterThan(20);
    });
  },
);
