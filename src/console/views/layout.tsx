import type { ComponentChildren } from 'preact';

import type { Section } from '../ui.ts';
import { SECTIONS, useUi } from '../ui.ts';
import { HealthBanner } from './health-banner.tsx';
import { KeysDialog, SECTION_KEYS } from './keys-dialog.tsx';
import { Time } from './parts.tsx';

/** What is seen to now and then, apart from the work of each day. */
const UPKEEP: ReadonlySet<Section> = new Set(['corrections', 'outlets', 'ledger']);

interface LayoutProps {
  readonly title: string;
  readonly section?: Section;
  readonly children: ComponentChildren;
}

/** The frame of every page: masthead, navigation, content, footer. */
export function Layout({ title, section, children }: LayoutProps) {
  const { lang, m, assets } = useUi();
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · ${m.brand}`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={assets.css} />
        <script type="module" src={assets.js} />
        <script type="module" src={assets.keys} />
      </head>
      <body data-fresh-news={m.list.freshNews}>
        <a class="skip" href="#content">
          {m.skipToContent}
        </a>
        <Masthead {...(section === undefined ? {} : { section })} />
        <main id="content" tabIndex={-1}>
          <HealthBanner />
          {children}
        </main>
        <Footer />
        <KeysDialog />
      </body>
    </html>
  );
}

function Masthead({ section }: { section?: Section }) {
  const { m, path, lang, sections, openIncidents, reader } = useUi();
  const other = lang === 'vi' ? 'en' : 'vi';
  return (
    <header class="masthead">
      <div class="masthead-row">
        <a class="brand" href="/">
          <svg class="brand-mark" viewBox="0 0 34 20" width="34" height="20" aria-hidden="true">
            <path d="M1 11h8l3-8 5 15 4-11 2 4h10" />
          </svg>
          <span>{m.brand}</span>
        </a>
        <p class="tagline">{m.tagline}</p>
        <a
          class="language"
          href={`/lang?to=${other}&back=${encodeURIComponent(path)}`}
          hreflang={other}
          lang={other}
          aria-label={m.otherLanguageLabel}
        >
          {m.otherLanguage}
        </a>
        {reader === undefined ? null : (
          <nav class="reader" aria-label={m.signIn.account}>
            <a class="language" href="/account">
              {reader.name}
            </a>
            {reader.role === 'admin' ? (
              <>
                <a class="language" href="/accounts">
                  {m.signIn.accounts}
                </a>
                <a class="language" href="/audit">
                  {m.signIn.audit}
                </a>
              </>
            ) : null}
          </nav>
        )}
      </div>
      {sections.length === 0 ? null : (
        <nav aria-label={m.navLabel}>
          <ul>
            {sections.map((entry) => (
              <li key={entry} {...(UPKEEP.has(entry) ? { class: 'upkeep' } : {})}>
                <a
                  href={SECTIONS[entry]}
                  data-key={SECTION_KEYS[entry]}
                  {...(entry === section ? { 'aria-current': 'page' as const } : {})}
                >
                  {m.nav[entry]}
                  {entry === 'incidents' && openIncidents > 0 ? (
                    <span class="count-badge" data-open-incidents>
                      {openIncidents}
                      <span class="badge-word"> {m.openIncidents}</span>
                    </span>
                  ) : null}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

function Footer() {
  const { m, watermark } = useUi();
  return (
    <footer class="colophon">
      <p>
        {watermark === undefined ? null : (
          <>
            {watermark === null ? (
              m.noWatermark
            ) : (
              <>
                {m.watermark}: <Time at={watermark} />
              </>
            )}
            {' · '}
          </>
        )}
        {m.vietnamTime}
      </p>
      <p>
        {m.footer} <a href="/api/docs">API</a>
      </p>
      <button type="button" class="plain" data-keys-open hidden>
        {m.frame.keys} (?)
      </button>
    </footer>
  );
}
