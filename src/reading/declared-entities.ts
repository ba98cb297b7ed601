/** A document type declaration is a short thing at the head. */
const MAX_HEAD_LENGTH = 16 * 1024;
const DOCTYPE = /<!doctype\s[^[<>]{0,300}\[/i;
/** Plain text only: no reference to another entity, no parameter, nothing outside of the file. */
const ENTITY =
  /<!ENTITY\s{1,20}([A-Za-z_][\w.-]{0,39})\s{1,20}(?:"([^"<&%]{0,200})"|'([^'<&%]{0,200})')\s{0,20}>/g;
const REFERENCE = /&([A-Za-z_][\w.-]{0,39});/g;
const PREDEFINED = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);
const MAX_ENTITIES = 100;
/** What all references together may add to a document. */
const MAX_ADDED_LENGTH = 100_000;

/**
 * The text with references to the entities that it declares itself resolved, as far as those are plain text.
 *
 * Entities made of others (the way of every entity bomb) and those kept elsewhere stay written out.
 *
 * @see https://www.w3.org/TR/xml/#sec-entity-decl
 */
export function resolveDeclaredEntities(text: string): string {
  const head = text.slice(0, MAX_HEAD_LENGTH);
  const doctype = DOCTYPE.exec(head);
  if (doctype === null) return text;
  const start = doctype.index + doctype[0].length;
  const values = new Map<string, string>();
  for (const [, name = '', inDouble, inSingle] of head.slice(start).matchAll(ENTITY)) {
    // The first declaration binds.
    if (!PREDEFINED.has(name) && !values.has(name)) values.set(name, inDouble ?? inSingle ?? '');
    if (values.size >= MAX_ENTITIES) break;
  }
  if (values.size === 0) return text;
  let added = 0;
  return text.replace(REFERENCE, (reference, name: string) => {
    const value = values.get(name);
    if (value === undefined || added > MAX_ADDED_LENGTH) return reference;
    added += value.length;
    return value;
  });
}
