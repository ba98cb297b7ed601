import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Access, isAtLeast, type Role } from '../domain/access.ts';
import type { PipelineWatch } from '../domain/pipeline-watch.ts';
import type { Names } from '../reports/names.ts';
import type { Assets } from './assets.ts';
import type { Lang, Messages } from './messages.ts';

/** The pages of the navigation, in its order. */
export const SECTIONS = {
  today: '/',
  articles: '/articles',
  stories: '/stories',
  incidents: '/incidents',
  trends: '/trends',
  briefs: '/briefs',
  reports: '/reports',
  campaigns: '/campaigns',
  policies: '/policies',
  corrections: '/corrections',
  outlets: '/outlets',
  ledger: '/ledger',
} as const;
export type Section = keyof typeof SECTIONS;

/** What every view may need to know of the request that it is rendered for. */
export interface Ui {
  readonly lang: Lang;
  readonly m: Messages;
  readonly names: Names;
  readonly now: Date;
  /** Path with query, for coming back after a change of language. */
  readonly path: string;
  /** For the hidden field of every form that changes something. */
  readonly formToken: string;
  /** Those that there is a page for. */
  readonly sections: readonly Section[];
  /** Who has signed in; absent where nobody has, or has to. */
  readonly reader?: Pick<Access, 'name' | 'role' | 'scope'>;
  readonly openIncidents: number;
  /** Of the newest article; `null` where there is none, absent where no store was asked. */
  readonly watermark?: string | null;
  /** What the watchdog last knew of the pipeline; absent where no store could be asked. */
  readonly watch?: PipelineWatch;
  /** Addresses of style sheet and scripts; they change with their content. */
  readonly assets: Assets['urls'];
}

/** Whether the reader may do what needs at least a role. */
export function mayDo({ reader }: Pick<Ui, 'reader'>, least: Role): boolean {
  return reader === undefined || isAtLeast(reader.role, least);
}

export const UiContext = createContext<Ui | undefined>(undefined);

/** @throws if a view is rendered outside a page, which is a fault in a route */
export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (ui === undefined) throw new Error('A view was rendered without its page');
  return ui;
}
