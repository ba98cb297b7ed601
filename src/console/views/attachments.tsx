import type { Attachment } from '../../domain/page.ts';
import { reasonText } from '../messages.ts';
import { useUi } from '../ui.ts';
import { hostOf, safeHref } from './parts.tsx';

/** The files that an article offers: link, kind, whether they have been read, and the text of those that have. */
export function Attachments({ attachments = [] }: { attachments: readonly Attachment[] | undefined }) {
  const { m } = useUi();
  if (attachments.length === 0) return null;
  return (
    <section id="attachments">
      <h2>{m.attachments.title}</h2>
      <ul class="reasons">
        {attachments.map((attachment) => (
          <li key={attachment.url}>
            <FileLink attachment={attachment} />
            <small>
              {attachment.kind.toUpperCase()} · <State attachment={attachment} />
            </small>
            <FileText text={attachment.text} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function FileLink({ attachment: { url, title } }: { attachment: Attachment }) {
  const href = safeHref(url);
  if (href === undefined) return <span>{title}</span>;
  return (
    <a href={href} rel="noopener noreferrer external" title={hostOf(href)}>
      {title}
    </a>
  );
}

function State({ attachment: { text, sha256, unreadReason } }: { attachment: Attachment }) {
  const { m, lang } = useUi();
  if (text !== undefined)
    return (
      <span title={sha256 === undefined ? undefined : `SHA-256 ${sha256}`}>
        {m.attachments.read(text.length.toLocaleString(lang))}
      </span>
    );
  return (
    <span>
      {unreadReason === undefined ? m.attachments.linked : m.attachments.unread(reasonText(unreadReason, m))}
    </span>
  );
}

function FileText({ text }: { text: string | undefined }) {
  const { m } = useUi();
  if (text === undefined) return null;
  return (
    <details>
      <summary>{m.attachments.show}</summary>
      {text.split('\n').map((paragraph, at) => (
        <p key={at}>{paragraph}</p>
      ))}
    </details>
  );
}
