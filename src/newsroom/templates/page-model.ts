import type { NewsroomArticle } from '../published-article.ts';

/** What a page template is given. */
export interface PageModel {
  readonly article: NewsroomArticle;
  readonly outletName: string;
  readonly homepage: string;
  /** Other articles of the outlet, for the boxes that surround the text. */
  readonly related: readonly NewsroomArticle[];
}

export type Template = (page: PageModel) => string;
