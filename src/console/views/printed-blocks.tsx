import type { Block, Runs } from '../../domain/printed-document.ts';
import { Scroll } from './parts.tsx';

/** The text of a printed document as part of a page; headings begin below that of the page. */
export function PrintedBlocks({ blocks }: { blocks: readonly Block[] }) {
  return (
    <>
      {blocks.map((block, at) => (
        <OneBlock key={at} block={block} />
      ))}
    </>
  );
}

function OneBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading': {
      const Heading = block.level === 1 ? 'h2' : block.level === 2 ? 'h3' : 'h4';
      return <Heading>{block.text}</Heading>;
    }
    case 'paragraph':
      return (
        <p class="printed-text">
          <TextRuns runs={block.runs} />
        </p>
      );
    case 'list':
      return (
        <ul class="printed-list">
          {block.items.map((item, at) => (
            <li key={at}>
              <TextRuns runs={item} />
            </li>
          ))}
        </ul>
      );
    case 'table':
      return <FactsTable {...block} />;
    case 'figure':
      return (
        <figure class="printed-figure">
          <div role="img" aria-label={block.alt} dangerouslySetInnerHTML={{ __html: block.svg }} />
          <figcaption>{block.caption}</figcaption>
        </figure>
      );
  }
}

function FactsTable({ caption, columns, rows }: Extract<Block, { kind: 'table' }>) {
  const kindOf = (at: number) => (columns[at]?.align === 'end' ? { class: 'figure' } : {});
  return (
    <Scroll label={caption}>
      <table class="printed-facts">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title }, at) => (
              <th key={title} scope="col" {...kindOf(at)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first = [], ...rest], row) => (
            <tr key={row}>
              <th scope="row">
                <TextRuns runs={first} />
              </th>
              {rest.map((runs, at) => (
                <td key={at} {...kindOf(at + 1)}>
                  <TextRuns runs={runs} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function TextRuns({ runs }: { runs: Runs }) {
  return (
    <>
      {runs.map(({ text, href }, at) =>
        href === undefined ? (
          <span key={at}>{text}</span>
        ) : (
          <a key={at} href={href}>
            {text}
          </a>
        ),
      )}
    </>
  );
}
