import { MESSAGES } from '../messages.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Notice } from './parts.tsx';

interface MessagePageProps {
  readonly title: string;
  readonly text: string;
  readonly list?: readonly string[];
}

/** A page that says one thing: what went wrong and what to do. */
export function MessagePage({ title, text, list = [] }: MessagePageProps) {
  const { lang } = useUi();
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      <Notice tone="plain" title={text}>
        {list.length === 0 ? null : (
          <ul>
            {list.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        <p class="ways">
          <a href="/">{MESSAGES[lang].error.home}</a>
        </p>
      </Notice>
    </Layout>
  );
}
