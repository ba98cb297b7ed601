import type {
  Block,
  OfficeHeader,
  PrintedDocument,
  PrintedLanguage,
  Run,
  Runs,
  Signature,
} from '../domain/printed-document.ts';
import { PRINTED_NAMES, printedNumber, recipientLine } from '../domain/printed-names.ts';

/**
 * Nothing is loaded and nothing runs, whoever opens it: pictures stand in the document itself.
 */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** Laid out as the Word file is; margins and page numbers are those of Nghị định 30/2020/NĐ-CP. */
const STYLE = `
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page); font: 13pt "Times New Roman", serif; } }
@page :first { @top-center { content: none; } }
html { background: #fff; color: #000; }
body { font: 13pt/1.35 "Times New Roman", "Liberation Serif", Tinos, serif; max-width: 165mm; margin: 0 auto; overflow-wrap: break-word; }
p { margin: 0 0 6pt; }
p.text { text-align: justify; text-indent: 10mm; }
h1, h2, h3 { font-size: 13pt; margin: 12pt 0 6pt; break-after: avoid; }
h1 { font-size: 14pt; }
h3 { font-style: italic; }
ul { margin: 0 0 6pt; padding-left: 12mm; list-style: "-  "; }
li { margin-bottom: 4pt; text-align: justify; }
table.facts { width: 100%; border-collapse: collapse; font-size: 12pt; margin: 6pt 0 10pt; table-layout: fixed; }
table.facts caption { font-weight: bold; padding-bottom: 3pt; caption-side: top; }
table.facts caption.heard { position: absolute; width: 1px; height: 1px; padding: 0; overflow: hidden; clip-path: inset(50%); }
table.facts th, table.facts td { border: 0.5pt solid #000; padding: 2pt 4pt; vertical-align: top; }
table.facts tr { break-inside: avoid; }
.end { text-align: right; }
.centre { text-align: center; }
.start { text-align: left; }
table.frame { width: 100%; border-collapse: collapse; table-layout: fixed; break-inside: avoid; }
table.frame td { padding: 0 2mm 4pt; vertical-align: top; text-align: center; }
table.frame td.left { width: 42%; }
table.frame p { margin: 0; }
.agency { font-size: 12pt; font-weight: bold; }
.parent { font-size: 12pt; }
.state { font-size: 12pt; font-weight: bold; }
.motto { font-weight: bold; }
.subject { font-size: 12pt; }
hr { border: 0; border-top: 0.75pt solid #000; height: 0; margin: 2pt auto 4pt; width: 40%; }
hr.wide { width: 55%; }
.title { text-align: center; font-weight: bold; font-size: 14pt; margin: 12pt 0 2pt; text-indent: 0; }
hr.below { width: 25%; margin: 6pt auto 12pt; }
table.frame td.recipients { text-align: left; font-size: 11pt; }
.recipients .heading { font-size: 12pt; font-weight: bold; font-style: italic; }
.signer { font-weight: bold; }
.signature { padding-top: 22mm !important; font-weight: bold; }
figure { margin: 6pt 0 10pt; text-align: center; break-inside: avoid; }
figure img { max-width: 100%; height: auto; }
figcaption { font-style: italic; font-size: 12pt; }
a { color: #0b3f8f; }
`;

/**
 * The document as one HTML file that needs nothing else: for mails, for browsers, and to be printed as PDF.
 *
 * Whatever comes from outside is escaped, links lead to http, https and mailto only, and a policy inside forbids
 * scripts and everything from elsewhere.
 */
export function printedHtml(document: PrintedDocument): string {
  const { lang, title, header, blocks } = document;
  return [
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escaped(title)}</title><style>${STYLE}</style></head><body>`,
    header === undefined ? '' : letterhead(header, lang),
    `<p class="title" role="heading" aria-level="1">${escaped(title.toLocaleUpperCase('vi'))}</p><hr class="below">`,
    ...blocks.map(blockOf),
    closing(document),
    '</body></html>\n',
  ].join('\n');
}

/** What a reader's browser is told of a document that is shown by itself. */
export const PRINTED_POLICY = `${POLICY}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

function letterhead(header: OfficeHeader, lang: PrintedLanguage): string {
  const { state, motto, placeAndDay } = PRINTED_NAMES[lang];
  const { parentAgency, agency, subject, place, day } = header;
  const left = [
    parentAgency === undefined ? '' : line('parent', parentAgency.toLocaleUpperCase('vi')),
    line('agency', agency.toLocaleUpperCase('vi')),
    '<hr>',
  ];
  const right = [line('state', state), line('motto', motto), '<hr class="wide">'];
  const number = [
    line('number', printedNumber(header, lang)),
    subject === undefined ? '' : line('subject', subject),
  ];
  return [
    '<table class="frame" role="presentation">',
    `<tr><td class="left">${left.join('')}</td><td>${right.join('')}</td></tr>`,
    `<tr><td class="left">${number.join('')}</td><td><p><em>${escaped(placeAndDay(place, day))}</em></p></td></tr>`,
    '</table>',
  ].join('');
}

function closing({ lang, recipients = [], signature }: PrintedDocument): string {
  if (recipients.length === 0 && signature === undefined) return '';
  const left =
    recipients.length === 0
      ? ''
      : [
          line('heading', PRINTED_NAMES[lang].recipients),
          ...recipients.map((one, at) => line('recipient', recipientLine(one, at === recipients.length - 1))),
        ].join('');
  return `<table class="frame" role="presentation"><tr><td class="left recipients">${left}</td><td>${signedBy(signature)}</td></tr></table>`;
}

function signedBy(signature: Signature | undefined): string {
  if (signature === undefined) return '';
  return `${line('signer', signature.office.toLocaleUpperCase('vi'))}${line('signature', signature.name)}`;
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading': {
      // The title is the first heading, so those of the text begin below it.
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    }
    case 'paragraph':
      return `<p class="text">${runsOf(block.runs)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${runsOf(item)}</li>`).join('')}</ul>`;
    case 'table':
      return tableOf(block);
    case 'figure':
      return figureOf(block);
  }
}

function tableOf({ caption, isToldAbove, columns, rows }: Extract<Block, { kind: 'table' }>): string {
  const heard = isToldAbove === true ? ' class="heard"' : '';
  const widths = columns.map(({ width }) => `<col style="width:${(100 * width).toFixed(2)}%">`).join('');
  const head = columns.map(({ title }) => `<th scope="col">${escaped(title)}</th>`).join('');
  const body = rows
    .map((row) => {
      const cells = columns.map(({ align }, at) => `<td class="${align}">${runsOf(row[at] ?? [])}</td>`);
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('\n');
  return `<table class="facts"><caption${heard}>${escaped(caption)}</caption><colgroup>${widths}</colgroup><thead><tr>${head}</tr></thead><tbody>\n${body}</tbody></table>`;
}

/** As an image: whatever stands in the SVG can neither run nor load anything. */
function figureOf({ svg, alt, caption }: Extract<Block, { kind: 'figure' }>): string {
  const data = Buffer.from(svg, 'utf8').toString('base64');
  return `<figure><img src="data:image/svg+xml;base64,${data}" alt="${escaped(alt)}"><figcaption>${escaped(caption)}</figcaption></figure>`;
}

function runsOf(runs: Runs): string {
  return runs.map(runOf).join('');
}

function runOf({ text, bold, italic, href }: Run): string {
  let html = escaped(text).replaceAll('\n', '<br>');
  if (bold === true) html = `<strong>${html}</strong>`;
  if (italic === true) html = `<em>${html}</em>`;
  return href !== undefined && /^(?:https?:\/\/|mailto:)/i.test(href)
    ? `<a href="${escaped(href)}">${html}</a>`
    : html;
}

function line(kind: string, text: string): string {
  return `<p class="${kind}">${escaped(text)}</p>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
