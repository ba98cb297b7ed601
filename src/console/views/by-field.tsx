import { useUi } from '../ui.ts';

/** Who acts, where nobody has signed in; whoever has acts under their own name, whatever a form says. */
export function ByField({ id, value }: { id: string; value: string }) {
  const { m, reader } = useUi();
  if (reader !== undefined) return null;
  return (
    <p class="field">
      <label for={id}>{m.incident.yourName}</label>
      <input id={id} name="by" required maxLength={80} value={value} autocomplete="name" />
    </p>
  );
}
