import type { ApiField, ApiOperation } from '../api/api-reference.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Scroll } from './parts.tsx';

/** Every question that programs may ask, group by group. */
export function ApiPage({ operations }: { operations: readonly ApiOperation[] }) {
  const { m } = useUi();
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return (
    <Layout title={m.api.title}>
      <h1>{m.api.title}</h1>
      <p>{m.api.intro}</p>
      <p>{m.api.token}</p>
      <p>
        <a class="more" href="/api/v1/openapi.json">
          {m.api.description}
        </a>
      </p>
      {tags.map((tag) => (
        <section key={tag} aria-labelledby={`tag-${tag}`}>
          <h2 id={`tag-${tag}`}>{m.api.tags[tag] ?? tag}</h2>
          {operations
            .filter((one) => one.tag === tag)
            .map((operation) => (
              <Operation key={operation.id} {...operation} />
            ))}
        </section>
      ))}
    </Layout>
  );
}

function Operation({ id, method, path, summary, description, fields, answers }: ApiOperation) {
  const { m } = useUi();
  const canTry = method === 'GET' && !path.includes('{') && !fields.some(({ isRequired }) => isRequired);
  return (
    <details class="api-operation" id={id}>
      <summary>
        <code>
          <b>{method}</b> {path}
        </code>{' '}
        <span lang="en">{summary}</span>
      </summary>
      {description === undefined ? null : <p lang="en">{description}</p>}
      {fields.length === 0 ? null : (
        <Fields fields={fields} label={`${m.api.parameters}: ${method} ${path}`} />
      )}
      <p>
        {m.api.answer}: <code>{answers.join(', ')}</code>
      </p>
      {canTry ? (
        <p>
          <a class="more" href={path}>
            {m.api.tryIt}
          </a>
        </p>
      ) : null}
    </details>
  );
}

function Fields({ fields, label }: { fields: readonly ApiField[]; label: string }) {
  const { m } = useUi();
  return (
    <Scroll label={label}>
      <table>
        <caption class="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{m.api.name}</th>
            <th scope="col">{m.api.where}</th>
            <th scope="col">{m.api.type}</th>
            <th scope="col">{m.api.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, where, type, isRequired, usual, meaning }) => (
            <tr key={`${where}-${name}`}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>
                {m.api.places[where] ?? where}
                {isRequired ? `, ${m.api.required}` : ''}
              </td>
              <td>
                <code>{type}</code>
                {usual === undefined ? null : (
                  <>
                    {' '}
                    {m.api.usual}: <code>{usual}</code>
                  </>
                )}
              </td>
              <td lang="en">{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
