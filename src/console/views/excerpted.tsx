import type { Excerpt } from '../highlight.ts';

/** A few words of an article around those that are meant. */
export function Excerpted({ excerpt: { before, text, after } }: { excerpt: Excerpt }) {
  return (
    <q class="excerpt">
      {before}
      <mark class="found">{text}</mark>
      {after}
    </q>
  );
}
