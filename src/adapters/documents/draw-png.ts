import { writtenByChromium } from './chromium.ts';

/** For a sharp picture on paper. */
const PIXELS_PER_PIXEL = 2;
/** Nothing is loaded and nothing runs: the drawing stands in the page as an image. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** Draws an SVG document of the given size, in CSS pixels, at twice as many. */
export type PngDrawer = (
  svg: string,
  size: { readonly width: number; readonly height: number },
) => Promise<Uint8Array>;

/** Draws with a browser, for programs that show no SVG. @throws {PermanentError} `no-png` where it drew nothing */
export function createPngDrawer(browser: string): PngDrawer {
  return (svg, { width, height }) => {
    const data = Buffer.from(svg, 'utf8').toString('base64');
    const html = [
      '<!doctype html><meta charset="utf-8">',
      `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
      '<style>body { margin: 0; background: #fff; } img { display: block; width: 100vw; }</style>',
      `<img alt="" src="data:image/svg+xml;base64,${data}">`,
    ].join('');
    const flags = (file: string) => [
      '--hide-scrollbars',
      `--force-device-scale-factor=${PIXELS_PER_PIXEL}`,
      `--window-size=${Math.ceil(width)},${Math.ceil(height)}`,
      `--screenshot=${file}`,
    ];
    return writtenByChromium(browser, html, { flags, kind: 'png' }, new AbortController().signal);
  };
}
