import type { Reference } from './saved-object.ts';

/** Place on the dashboard's grid of 48 columns; a row is about 20 pixels high. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** What a panel shows, before it has a place; `build` gets the id under which its parts must be unique. */
export interface PanelContent {
  /** Vietnamese; empty where the content speaks for itself. */
  readonly title: string;
  /** English: how to read it, and what it leaves out. */
  readonly description: string;
  build(prefix: string, panelId: string): BuiltPanel;
}

export interface BuiltPanel {
  readonly type: 'lens' | 'map' | 'search' | 'visualization' | 'links';
  readonly config: Readonly<Record<string, unknown>>;
  /** Named as the panel names them; the dashboard puts the panel's id before each. */
  readonly references: readonly Reference[];
  /** Set where the panel shows an object of the library. */
  readonly referenceName?: string;
}

export interface Panel extends Place {
  readonly content: PanelContent;
}
