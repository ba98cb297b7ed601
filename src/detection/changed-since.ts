import type { Alert, Severity } from '../domain/alert.ts';

/** What an officer was last told of a series. */
export interface LastTold {
  readonly severity: Severity;
  readonly observed: number;
  readonly newsrooms: readonly string[];
  readonly storyIds: readonly string[];
}

/** What the officer did not know at the last alert, Vietnamese first. */
export function changedSince(told: LastTold, alert: Alert): string {
  const added = alert.independentNewsrooms.filter((newsroom) => !told.newsrooms.includes(newsroom));
  const stories = alert.storyIds.filter((id) => !told.storyIds.includes(id)).length;
  const vi = [`từ ${told.observed} lên ${alert.observed} bài`];
  const en = [`from ${told.observed} to ${alert.observed} articles`];
  if (added.length > 0) {
    vi.push(`thêm ${added.length} toà soạn độc lập`);
    en.push(`${added.length} more independent newsrooms`);
  }
  if (stories > 0) {
    vi.push(`thêm ${stories} câu chuyện`);
    en.push(`${stories} more stories`);
  }
  if (alert.severity !== told.severity) {
    vi.push('mức độ thay đổi');
    en.push('severity changed');
  }
  return `${vi.join(', ')} / ${en.join(', ')}`;
}
