export type PrintedLanguage = 'vi' | 'en';

/** A stretch of text in one form. */
export interface Run {
  /** A line end in it ends the line. */
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** An absolute address. */
  readonly href?: string;
}

export type Runs = readonly Run[];

export interface PrintedColumn {
  readonly title: string;
  readonly align: 'start' | 'end' | 'centre';
  /** Share of the table's width; those of a table add up to 1. */
  readonly width: number;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly runs: Runs }
  | { readonly kind: 'list'; readonly items: readonly Runs[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      /** Whether what stands above says the caption already: then only who hears the table is told it. */
      readonly isToldAbove?: boolean;
      readonly columns: readonly PrintedColumn[];
      /** Row by row, a cell for each column. */
      readonly rows: readonly (readonly Runs[])[];
    }
  | {
      readonly kind: 'figure';
      /** A whole SVG document. */
      readonly svg: string;
      readonly alt: string;
      readonly caption: string;
    };

/** What stands above and below an official document; Nghị định 30/2020/NĐ-CP says where. */
export interface OfficeHeader {
  /** The body above ours, and ours: `SỞ Y TẾ THÀNH PHỐ …`, `VĂN PHÒNG`. */
  readonly parentAgency?: string;
  readonly agency: string;
  /** `12/BC-VP`; empty to be filled in by hand. */
  readonly number: string;
  readonly place: string;
  /** `2026-11-23`. */
  readonly day: string;
  /** `V/v …`, below the number. */
  readonly subject?: string;
}

export interface Signature {
  /** `CHÁNH VĂN PHÒNG`. */
  readonly office: string;
  readonly name: string;
}

/** What can be printed, mailed and shown alike: writers of DOCX, HTML and PDF read nothing else. */
export interface PrintedDocument {
  readonly lang: PrintedLanguage;
  readonly title: string;
  readonly header?: OfficeHeader;
  readonly blocks: readonly Block[];
  /** `Nơi nhận`, a line each. */
  readonly recipients?: readonly string[];
  readonly signature?: Signature;
}
