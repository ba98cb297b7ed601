import { useUi } from '../ui.ts';

const FORMATS = [
  ['csv', 'CSV'],
  ['jsonl', 'JSON Lines'],
  ['parquet', 'Parquet'],
] as const;

/** What a page shows as files, from the API. @param search  the query of what is shown, beginning with `?` */
export function FileLinks({ path, search }: { path: string; search: string }) {
  const { m } = useUi();
  return (
    <>
      {m.filter.download}{' '}
      {FORMATS.map(([format, name], at) => (
        <>
          {at === 0 ? '' : ', '}
          <a key={format} href={`${path}${search}&format=${format}`} download>
            {name}
          </a>
        </>
      ))}
    </>
  );
}
