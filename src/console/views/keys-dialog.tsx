import type { Section } from '../ui.ts';
import { useUi } from '../ui.ts';

/** The key after `g` that leads to each page. */
export const SECTION_KEYS: Readonly<Record<Section, string>> = {
  today: 'h',
  articles: 'a',
  stories: 's',
  incidents: 'i',
  trends: 't',
  briefs: 'b',
  reports: 'r',
  campaigns: 'c',
  policies: 'p',
  corrections: 'e',
  outlets: 'o',
  ledger: 'l',
};

/** What keys do, and how to turn them off; opened by `?` or from the foot of the page. */
export function KeysDialog() {
  const { m, sections } = useUi();
  const keys: readonly (readonly [string, string])[] = [
    ['/', m.frame.search],
    ['j', m.frame.next],
    ['k', m.frame.previous],
    ['n', m.search.nextArticle],
    ['p', m.search.previousArticle],
    ['?', m.frame.help],
  ];
  return (
    <dialog id="keys" class="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">{m.frame.keys}</h2>
      <table>
        <caption class="visually-hidden">{m.frame.keys}</caption>
        <thead>
          <tr>
            <th scope="col">{m.frame.key}</th>
            <th scope="col">{m.frame.does}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(([key, does]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{does}</td>
            </tr>
          ))}
          {sections.map((section) => (
            <tr key={section}>
              <th scope="row">
                <kbd>g</kbd> {m.frame.followedBy} <kbd>{SECTION_KEYS[section]}</kbd>
              </th>
              <td>{m.frame.page(m.nav[section])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <form method="dialog">
        <p>
          <label>
            <input type="checkbox" checked /> {m.frame.keysOn}
          </label>
        </p>
        <button type="submit">{m.frame.close}</button>
      </form>
    </dialog>
  );
}
