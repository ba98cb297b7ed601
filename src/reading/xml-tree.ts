import { Parser } from 'htmlparser2';

import { resolveDeclaredEntities } from './declared-entities.ts';
import { tidyText } from './html-text.ts';

/** One element of a leniently read XML document. */
export interface XmlElement {
  /** Lower-case name; foreign vocabularies carry their customary prefix (`dc:creator`), whatever the file calls it. */
  readonly name: string;
  /** Named like elements, e.g. `href`, `rdf:about`, `xmlns:dc`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (XmlElement | string)[];
  /** `xml:base` in force here, joined from the outside in; empty where there is none. */
  readonly base: string;
  /** False where the input ended before this element did. */
  complete: boolean;
}

export interface XmlTree {
  /** Everything at the top, junk around the root element included. */
  readonly top: XmlElement;
  /** Why reading stopped early. */
  readonly error?: string;
}

/** No vocabulary nests deeper in earnest; what does is laid flat into the deepest element that was kept. */
const MAX_DEPTH = 64;
/** Open tags that the parser may hold: it looks through them at each stray end tag, so this bounds its time. */
const MAX_OPEN_TAGS = 500;
const MAX_ELEMENTS = 150_000;
/** Attributes of one element, and prefixes in force at one place. */
const MAX_ATTRIBUTES = 200;

/** Customary prefix by namespace, compared in lower case without a trailing `/` or `#`; '' is a feed's own. */
const PREFIX_BY_NAMESPACE: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2005/atom', ''],
  ['http://purl.org/atom/ns', ''],
  ['http://purl.org/rss/1.0', ''],
  ['http://my.netscape.com/rdf/simple/0.9', ''],
  ['http://channel.netscape.com/rdf/simple/0.9', ''],
  ['http://my.netscape.com/publish/formats/rss-0.91.dtd', ''],
  ['http://backend.userland.com/rss', ''],
  ['http://backend.userland.com/rss2', ''],
  ['http://backend.userland.com/rss091', ''],
  ['http://backend.userland.com/rss092', ''],
  ['http://blogs.law.harvard.edu/tech/rss', ''],
  ['http://my.netscape.com/rdf/simple/0.9/', ''],
  ['http://www.sitemaps.org/schemas/sitemap/0.9', ''],
  ['http://www.google.com/schemas/sitemap/0.84', ''],
  ['http://www.google.com/schemas/sitemap-news/0.9', 'news'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['http://purl.org/dc/elements/1.1', 'dc'],
  ['http://purl.org/dc/elements/1.0', 'dc'],
  ['http://purl.org/dc/terms', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://purl.org/rss/1.0/modules/syndication', 'sy'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://example.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
  ['http://purl.org/rss/1.0/modules/annotate', 'annotate'],
]);

interface Open {
  readonly element: XmlElement;
  /** Prefix in the file → namespace; shared with the parent unless this element declares some. */
  readonly namespaces: ReadonlyMap<string, string>;
}

class LimitReached extends Error {}

/**
 * Reads XML as it comes: undeclared entities and prefixes, bare ampersands, upper-case tags, missing end tags, junk
 * before and after the root and a cut-off end are all accepted. No entity is expanded except the five of XML, numbered
 * ones and those that the document declares as plain text, and nothing outside the text is ever read.
 *
 * Linear in the length of the text. Elements below 64 levels lose their tags but not their text; at 500 levels,
 * 150,000 elements or 200 attributes of one, reading stops and what was read is returned with an `error`.
 */
export function readXmlTree(text: string): XmlTree {
  const top: XmlElement = { name: '', attributes: new Map(), children: [], base: '', complete: true };
  const open: Open[] = [{ element: top, namespaces: new Map() }];
  let elements = 0;
  let tooDeep = 0;
  let attributesOfTag = 0;

  const parser = new Parser(
    {
      onattribute() {
        attributesOfTag += 1;
        if (attributesOfTag > MAX_ATTRIBUTES) throw new LimitReached('too-many-attributes');
      },
      onopentag(rawName, rawAttributes) {
        attributesOfTag = 0;
        elements += 1;
        if (elements > MAX_ELEMENTS) throw new LimitReached('too-many-elements');
        if (open.length > MAX_DEPTH) {
          tooDeep += 1;
          if (open.length + tooDeep > MAX_OPEN_TAGS) throw new LimitReached('nested-too-deep');
          return;
        }
        const parent = open.at(-1) as Open;
        const written = Object.entries(rawAttributes);
        const namespaces = namespacesOf(written, parent.namespaces);
        const attributes = new Map(written.map(([name, value]) => [attributeName(name, namespaces), value]));
        const element: XmlElement = {
          name: customaryName(rawName, namespaces),
          attributes,
          children: [],
          base: joinBase(parent.element.base, attributes.get('xml:base') ?? cdfBase(rawName, attributes)),
          complete: false,
        };
        parent.element.children.push(element);
        open.push({ element, namespaces });
      },
      ontext(data) {
        (open.at(-1) as Open).element.children.push(data);
      },
      onclosetag() {
        if (tooDeep > 0) {
          tooDeep -= 1;
          return;
        }
        const closed = open.pop();
        if (closed !== undefined) closed.element.complete = true;
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );

  try {
    parser.write(resolveDeclaredEntities(text));
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    return { top, error: error.message };
  }
  const cutOff = open.slice(1).map(({ element }) => element);
  parser.end();
  for (const element of cutOff) element.complete = false;
  return { top };
}

/** Child elements, in order, that carry one of the names. */
export function childrenOf(element: Pick<XmlElement, 'children'>, ...names: string[]): XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && names.includes(child.name),
  );
}

/** The first child by order of `names`, not of the file. */
export function childOf(element: XmlElement, ...names: string[]): XmlElement | undefined {
  for (const name of names) {
    const [child] = childrenOf(element, name);
    if (child !== undefined) return child;
  }
  return undefined;
}

/** All text inside, as written, without the tags. */
export function rawText(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : rawText(child))).join('');
}

/** Text inside on one line; for addresses, dates and numbers, where no markup is to be expected. */
export function lineOf(element: XmlElement | undefined): string {
  return element === undefined ? '' : tidyText(rawText(element));
}

/** The content written out again as HTML, so that one reader of markup serves inline and escaped content alike. */
export function innerMarkup(element: XmlElement): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return escapeMarkup(child);
      const tag = child.name.replace(/^xhtml:/, '');
      return `<${tag}>${innerMarkup(child)}</${tag}>`;
    })
    .join('');
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function namespacesOf(
  attributes: readonly (readonly [string, string])[],
  inherited: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  let own: Map<string, string> | undefined;
  for (const [name, value] of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    if ((own ?? inherited).size >= MAX_ATTRIBUTES) break;
    own ??= new Map(inherited);
    own.set(name.slice(6), normalNamespace(value));
  }
  return own ?? inherited;
}

function normalNamespace(value: string): string {
  return value.trim().toLowerCase().replace(/[/#]$/, '');
}

function customaryName(rawName: string, namespaces: ReadonlyMap<string, string>): string {
  const colon = rawName.indexOf(':');
  const prefix = colon === -1 ? '' : rawName.slice(0, colon);
  const local = rawName.slice(colon + 1);
  const namespace = namespaces.get(prefix);
  const customary = namespace === undefined ? undefined : PREFIX_BY_NAMESPACE.get(namespace);
  const known = customary ?? prefix;
  return known === '' ? local : `${known}:${local}`;
}

/** An attribute without a prefix is in no namespace, whatever the default is. */
function attributeName(name: string, namespaces: ReadonlyMap<string, string>): string {
  return name.includes(':') && !name.startsWith('xml') ? customaryName(name, namespaces) : name;
}

/** CDF gives a channel's base in an attribute of its own. */
function cdfBase(rawName: string, attributes: ReadonlyMap<string, string>): string | undefined {
  return rawName === 'channel' ? attributes.get('base') : undefined;
}

function joinBase(outer: string, inner: string | undefined): string {
  if (inner === undefined || inner.trim() === '') return outer;
  if (URL.canParse(inner)) return inner.trim();
  return outer !== '' && URL.canParse(inner, outer) ? new URL(inner, outer).href : outer;
}
