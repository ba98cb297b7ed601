import type { ComponentChildren } from 'preact';

import { useUi } from '../ui.ts';

interface PrintedDownloadsProps {
  /** Address of the document, to which the ending of a file is put. */
  readonly path: string;
  readonly canPrintPdf: boolean;
  /** What there is of it beside. */
  readonly children: ComponentChildren;
}

/** The files that a printed document is had as. */
export function PrintedDownloads({ path, canPrintPdf, children }: PrintedDownloadsProps) {
  const { m, lang } = useUi();
  const file = (ending: string) => `${path}.${ending}?lang=${lang}`;
  return (
    <nav class="brief-downloads" aria-label={m.briefs.download}>
      <ul>
        <li>
          <a href={file('docx')}>{m.briefs.docx}</a>
        </li>
        <li>{canPrintPdf ? <a href={file('pdf')}>{m.briefs.pdf}</a> : m.briefs.noPdf}</li>
        <li>
          <a href={file('html')}>{m.briefs.html}</a>
        </li>
        <li>{children}</li>
      </ul>
    </nav>
  );
}
