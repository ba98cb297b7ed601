import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  ExternalHyperlink,
  Header,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';

import type {
  Block,
  OfficeHeader,
  PrintedColumn,
  PrintedDocument,
  PrintedLanguage,
  Run,
  Runs,
} from '../../domain/printed-document.ts';
import { PRINTED_NAMES, printedNumber, recipientLine } from '../../domain/printed-names.ts';
import type { PngDrawer } from './draw-png.ts';

/** A4 and its margins, millimetres. @see Nghị định 30/2020/NĐ-CP, Phụ lục I, mục I */
const PAGE_MM = { width: 210, height: 297, top: 20, bottom: 20, left: 30, right: 15 };
const TEXT_WIDTH = twips(PAGE_MM.width - PAGE_MM.left - PAGE_MM.right);
/** Where the header parts into agency and state. */
const LEFT_WIDTH = Math.round(TEXT_WIDTH * 0.42);

const FONT = 'Times New Roman';
/** Half points. */
const SIZES = { text: 26, motto: 28, title: 28, small: 24, recipient: 22 };
/** Twentieths of a point. */
const AFTER = 120;
const FIRST_LINE = twips(10);

const BULLETS = 'bullets';
const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_BORDERS = {
  top: NO_BORDER,
  bottom: NO_BORDER,
  left: NO_BORDER,
  right: NO_BORDER,
  insideHorizontal: NO_BORDER,
  insideVertical: NO_BORDER,
} as const;

const HEADINGS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;
const ALIGNMENTS = {
  start: AlignmentType.LEFT,
  end: AlignmentType.RIGHT,
  centre: AlignmentType.CENTER,
} as const;

/** Pixels of a picture across the whole text, at 96 to the inch. */
const FULL_WIDTH_PX = Math.round(((PAGE_MM.width - PAGE_MM.left - PAGE_MM.right) / 25.4) * 96);
type Figure = Extract<Block, { kind: 'figure' }>;
/** By the SVG document that they show. */
type Pictures = ReadonlyMap<string, Buffer>;

/** What shows in a program that draws no SVG, where there is no other picture: one clear pixel, and the words beside it. */
const CLEAR_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
  'base64',
);

/**
 * A Word file of the document, laid out as Vietnamese offices do: A4, margins 20, 20, 30 and 15 mm, Times New Roman,
 * state and motto on the right, agency on the left, recipients and signature below, page numbers from the second page.
 *
 * @see Nghị định 30/2020/NĐ-CP, Phụ lục I
 */
export async function writeDocx(document: PrintedDocument, drawPng?: PngDrawer): Promise<Uint8Array> {
  const pictures = await picturesOf(document.blocks, drawPng);
  const { title, lang, header, blocks } = document;
  const file = new Document({
    title: clean(title),
    creator: clean(header?.agency ?? 'Nhịp Y tế'),
    styles: STYLES,
    numbering: { config: [{ reference: BULLETS, levels: [BULLET] }] },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: twips(PAGE_MM.width), height: twips(PAGE_MM.height) },
            margin: {
              top: twips(PAGE_MM.top),
              bottom: twips(PAGE_MM.bottom),
              left: twips(PAGE_MM.left),
              right: twips(PAGE_MM.right),
              header: twips(10),
              footer: twips(10),
            },
          },
        },
        // The first page has none: `titlePage` gives it a header of its own.
        headers: {
          first: new Header({ children: [new Paragraph({})] }),
          default: new Header({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: [PageNumber.CURRENT] })],
              }),
            ],
          }),
        },
        children: [
          ...(header === undefined ? [] : [letterhead(header, lang)]),
          ...titleLines(title),
          ...blocks.flatMap((block) => blockOf(block, pictures)),
          ...closing(document),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(file));
}

const BULLET = {
  level: 0,
  format: LevelFormat.BULLET,
  text: '-',
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left: twips(12), hanging: twips(5) } } },
} as const;

const headingStyle = (size: number, extra: object = {}) => ({
  run: { font: FONT, size, bold: true, color: '000000', ...extra },
  paragraph: { spacing: { before: 2 * AFTER, after: AFTER }, keepNext: true },
});

const STYLES = {
  default: {
    document: { run: { font: FONT, size: SIZES.text }, paragraph: { spacing: { after: AFTER } } },
    heading1: headingStyle(SIZES.title),
    heading2: headingStyle(SIZES.text),
    heading3: headingStyle(SIZES.text, { italics: true }),
    hyperlink: { run: { color: '0B3F8F', underline: {} } },
  },
};

/** Agency and number on the left, state, motto, place and day on the right. */
function letterhead(header: OfficeHeader, lang: PrintedLanguage): Table {
  const { state, motto, placeAndDay } = PRINTED_NAMES[lang];
  const { parentAgency, agency, subject } = header;
  const agencies = [
    ...(parentAgency === undefined
      ? []
      : [centred(parentAgency.toLocaleUpperCase('vi'), { size: SIZES.small })]),
    centred(agency.toLocaleUpperCase('vi'), { size: SIZES.small, bold: true }),
    rule(LEFT_WIDTH, 0.4),
  ];
  const country = [
    centred(state, { size: SIZES.small, bold: true }),
    centred(motto, { size: SIZES.text, bold: true }),
    rule(TEXT_WIDTH - LEFT_WIDTH, 0.55),
  ];
  const numbered = [
    centred(printedNumber(header, lang), { size: SIZES.text }),
    ...(subject === undefined ? [] : [centred(subject, { size: SIZES.small })]),
  ];
  const dated = [centred(placeAndDay(header.place, header.day), { size: SIZES.text, italics: true })];
  return invisibleTable([
    [agencies, country],
    [numbered, dated],
  ]);
}

function titleLines(title: string): Paragraph[] {
  return [
    new Paragraph({ spacing: { before: AFTER, after: 0 } }),
    centred(title.toLocaleUpperCase('vi'), { size: SIZES.title, bold: true }),
    rule(TEXT_WIDTH, 0.25),
    new Paragraph({ spacing: { after: AFTER } }),
  ];
}

/** Recipients on the left, who signs on the right. */
function closing({ lang, recipients = [], signature }: PrintedDocument): (Paragraph | Table)[] {
  if (recipients.length === 0 && signature === undefined) return [];
  const left = recipients.length === 0 ? [] : recipientLines(recipients, lang);
  const right =
    signature === undefined
      ? []
      : [
          centred(signature.office.toLocaleUpperCase('vi'), { size: SIZES.text, bold: true }),
          ...Array.from({ length: 4 }, () => new Paragraph({ spacing: { after: 0 } })),
          centred(signature.name, { size: SIZES.text, bold: true }),
        ];
  return [new Paragraph({ spacing: { before: AFTER, after: 0 } }), invisibleTable([[left, right]])];
}

function recipientLines(recipients: readonly string[], lang: PrintedLanguage): Paragraph[] {
  const heading = new TextRun({
    text: PRINTED_NAMES[lang].recipients,
    size: SIZES.small,
    bold: true,
    italics: true,
  });
  return [
    new Paragraph({ spacing: { after: 0 }, children: [heading] }),
    ...recipients.map((recipient, at) => {
      const text = clean(recipientLine(recipient, at === recipients.length - 1));
      return new Paragraph({
        spacing: { after: 0 },
        children: [new TextRun({ text, size: SIZES.recipient })],
      });
    }),
  ];
}

function blockOf(block: Block, pictures: Pictures): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ text: clean(block.text), heading: HEADINGS[block.level] })];
    case 'paragraph':
      return [
        new Paragraph({
          alignment: AlignmentType.JUSTIFIED,
          indent: { firstLine: FIRST_LINE },
          children: runsOf(block.runs),
        }),
      ];
    case 'list':
      return block.items.map(
        (item) =>
          new Paragraph({
            alignment: AlignmentType.JUSTIFIED,
            numbering: { reference: BULLETS, level: 0 },
            children: runsOf(item),
          }),
      );
    case 'table':
      return tableOf(block);
    case 'figure':
      return figureOf(block, pictures);
  }
}

function tableOf({
  caption,
  isToldAbove,
  columns,
  rows,
}: Extract<Block, { kind: 'table' }>): (Paragraph | Table)[] {
  const widths = columns.map(({ width }) => Math.round(TEXT_WIDTH * width));
  const cell = (runs: Runs, column: PrintedColumn, at: number, isHead = false) =>
    new TableCell({
      width: { size: widths[at] ?? 0, type: WidthType.DXA },
      margins: { left: 80, right: 80, top: 40, bottom: 40 },
      verticalAlign: isHead ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
      children: [
        new Paragraph({
          alignment: isHead ? AlignmentType.CENTER : ALIGNMENTS[column.align],
          spacing: { after: 0 },
          children: runsOf(runs, SIZES.small),
        }),
      ],
    });
  const head = new TableRow({
    tableHeader: true,
    children: columns.map((column, at) => cell([{ text: column.title, bold: true }], column, at, true)),
  });
  const body = rows.map(
    (row) =>
      new TableRow({
        cantSplit: true,
        children: columns.map((column, at) => cell(row[at] ?? [], column, at)),
      }),
  );
  const title = new Paragraph({
    alignment: AlignmentType.CENTER,
    keepNext: true,
    spacing: { before: AFTER, after: AFTER / 2 },
    children: [new TextRun({ text: clean(caption), bold: true, size: SIZES.small })],
  });
  return [
    ...(isToldAbove === true ? [] : [title]),
    new Table({
      width: { size: TEXT_WIDTH, type: WidthType.DXA },
      layout: TableLayoutType.FIXED,
      columnWidths: widths,
      rows: [head, ...body],
    }),
    new Paragraph({ spacing: { after: AFTER } }),
  ];
}

function figureOf({ svg, alt, caption }: Figure, pictures: Pictures): Paragraph[] {
  const { width, height } = sizeOf(svg);
  const scale = Math.min(1, FULL_WIDTH_PX / width);
  const picture = new ImageRun({
    type: 'svg',
    data: Buffer.from(svg, 'utf8'),
    fallback: { type: 'png', data: pictures.get(svg) ?? CLEAR_PIXEL },
    transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
    altText: { title: clean(caption), description: clean(alt), name: clean(caption) },
  });
  return [
    new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, children: [picture] }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      children: [new TextRun({ text: clean(caption), italics: true, size: SIZES.small })],
    }),
  ];
}

/** Figures as pictures of points, one after the other; none where there is nothing that draws them, or it cannot. */
async function picturesOf(blocks: readonly Block[], drawPng: PngDrawer | undefined): Promise<Pictures> {
  const pictures = new Map<string, Buffer>();
  if (drawPng === undefined) return pictures;
  for (const block of blocks) {
    if (block.kind !== 'figure') continue;
    try {
      pictures.set(block.svg, Buffer.from(await drawPng(block.svg, sizeOf(block.svg))));
    } catch {
      // A program that draws SVG needs no other picture, and a document without one is better than none.
    }
  }
  return pictures;
}

/** Size of an SVG document in pixels, as its root says; a sheet's width by half of it where it says nothing. */
function sizeOf(svg: string): { width: number; height: number } {
  const root = /<svg\b[^>]{0,2000}>/.exec(svg)?.[0] ?? '';
  const view = /\bviewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"/.exec(root);
  const width = Number(/\bwidth="([\d.]+)(?:px)?"/.exec(root)?.[1] ?? view?.[1]);
  const height = Number(/\bheight="([\d.]+)(?:px)?"/.exec(root)?.[1] ?? view?.[2]);
  return width > 0 && height > 0
    ? { width, height }
    : { width: FULL_WIDTH_PX, height: Math.round(FULL_WIDTH_PX / 2) };
}

function runsOf(runs: Runs, size?: number): (TextRun | ExternalHyperlink)[] {
  return runs.flatMap((run): (TextRun | ExternalHyperlink)[] => {
    const { href } = run;
    return href !== undefined && /^(?:https?:\/\/|mailto:)/i.test(href)
      ? [new ExternalHyperlink({ link: clean(href), children: linesOf(run, size, { style: 'Hyperlink' }) })]
      : linesOf(run, size);
  });
}

/** A run for each line of the text. */
function linesOf(
  { text, bold, italic }: Run,
  size: number | undefined,
  form: { style?: string } = {},
): TextRun[] {
  return text.split('\n').map(
    (line, at) =>
      new TextRun({
        ...form,
        text: clean(line),
        bold: bold === true,
        italics: italic === true,
        ...(size === undefined ? {} : { size }),
        ...(at === 0 ? {} : { break: 1 }),
      }),
  );
}

function centred(text: string, form: { size: number; bold?: boolean; italics?: boolean }): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 0 },
    children: [new TextRun({ text: clean(text), ...form })],
  });
}

/** A line in the middle, this share of the width: an empty paragraph with a border. */
function rule(width: number, share: number): Paragraph {
  const indent = Math.round((width * (1 - share)) / 2);
  return new Paragraph({
    indent: { left: indent, right: indent },
    spacing: { before: 20, after: 0, line: 120, lineRule: 'exact' },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
  });
}

/** Two columns without lines. */
function invisibleTable(rows: readonly (readonly [Paragraph[], Paragraph[]])[]): Table {
  const widths = [LEFT_WIDTH, TEXT_WIDTH - LEFT_WIDTH];
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: widths,
    borders: NO_BORDERS,
    rows: rows.map(
      (row) =>
        new TableRow({
          cantSplit: true,
          children: row.map(
            (children, at) =>
              new TableCell({
                width: { size: widths[at] ?? 0, type: WidthType.DXA },
                // A cell without a paragraph is no valid cell.
                children: children.length === 0 ? [new Paragraph({})] : children,
              }),
          ),
        }),
    ),
  });
}

function twips(millimetres: number): number {
  return convertMillimetersToTwip(millimetres);
}

/** Without what XML 1.0 cannot hold: controls, halves of pairs, non-characters. */
function clean(text: string): string {
  return text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '');
}
