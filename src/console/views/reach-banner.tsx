import type { Reach } from '../../domain/feed-state.ts';
import { useUi } from '../ui.ts';
import { Notice } from './parts.tsx';

/** Says so, plainly and on top, when the press cannot be heard: an empty list must never look like calm. */
export function ReachBanner({ reach }: { reach: Reach }) {
  const { m } = useUi();
  switch (reach.state) {
    case 'none':
      return (
        <Notice tone="bad" title={m.outlets.noneReachable}>
          <p>
            {m.outlets.noneReachableWhy(reach.tried)} <a href="/outlets">{m.empty.seeOutlets}</a>
          </p>
        </Notice>
      );
    case 'some':
      return (
        <p class="quiet-warning">
          <a href="/outlets">{m.outlets.someDown(reach.tried - reach.working)}</a>
        </p>
      );
    default:
      return null;
  }
}
