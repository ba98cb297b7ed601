import { writtenByChromium } from './chromium.ts';

/** Prints with a browser, one document after the other: a browser at a time is enough for an old office PC. */
export function createPdfPrinter(
  browser: string,
): (html: string, signal: AbortSignal) => Promise<Uint8Array> {
  let last: Promise<unknown> = Promise.resolve();
  return (html, signal) => {
    const printing = last.then(() => printPdf(browser, html, signal));
    last = printing.catch(() => {});
    return printing;
  };
}

/**
 * Prints an HTML document as PDF.
 *
 * @param html  one file that needs no other, with a policy inside that forbids to load any
 * @throws {PermanentError} `no-pdf` with what the browser said, where it printed nothing
 * @throws the signal's reason, if it fires
 */
export function printPdf(browser: string, html: string, signal: AbortSignal): Promise<Uint8Array> {
  const flags = (file: string) => ['--no-pdf-header-footer', `--print-to-pdf=${file}`];
  return writtenByChromium(browser, html, { flags, kind: 'pdf' }, signal);
}
