import { zipParts } from './zip-parts.ts';

export interface DocxLink {
  readonly text: string;
  readonly href: string;
}

/** The links of a DOCX file with the words that they stand under, in their order. */
export function docxLinks(bytes: Uint8Array): DocxLink[] {
  const parts = zipParts(bytes);
  const targets = new Map(
    [...(parts.get('word/_rels/document.xml.rels') ?? '').matchAll(/<Relationship [^>]*>/g)].map(([one]) => [
      /Id="([^"]*)"/.exec(one)?.[1],
      unescaped(/Target="([^"]*)"/.exec(one)?.[1] ?? ''),
    ]),
  );
  const body = parts.get('word/document.xml') ?? '';
  return [...body.matchAll(/<w:hyperlink [^>]*r:id="([^"]*)"[^>]*>(.*?)<\/w:hyperlink>/gs)].map(
    ([, id, inside = '']) => ({
      text: unescaped(
        [...inside.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text).join(''),
      ),
      href: targets.get(id) ?? '',
    }),
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
