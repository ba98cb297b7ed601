import type { ArticleField } from './article-field.ts';
import { foldWord } from './search-words.ts';

/** A field that a person may name before a colon. */
export type SearchField = ArticleField | 'title' | 'after' | 'before' | 'until';

/** Names of fields without diacritics and hyphens; the first is what pages write. */
const FIELD_NAMES: Readonly<Record<SearchField, readonly string[]>> = {
  topic: ['topic', 'chude'],
  facility: ['facility', 'hospital', 'coso', 'cosoyte', 'benhvien'],
  province: ['province', 'tinh', 'tinhthanh', 'diaphuong'],
  outletId: ['outlet', 'bao', 'nguon', 'coquanbaochi'],
  newsroom: ['newsroom', 'toasoan'],
  tier: ['tier', 'cap'],
  section: ['section', 'chuyenmuc'],
  language: ['language', 'ngonngu'],
  polarity: ['polarity', 'sacthai'],
  stance: ['stance', 'thaido'],
  caution: ['caution', 'luuy'],
  disease: ['disease', 'benh', 'dichbenh'],
  medicine: ['medicine', 'drug', 'thuoc', 'vacxin'],
  policyDocument: ['document', 'policydocument', 'vanban'],
  person: ['person', 'nguoi', 'nhanvat', 'lanhdao'],
  storyId: ['story', 'cauchuyen', 'chuoitin', 'vuviec'],
  title: ['title', 'tieude', 'tit'],
  after: ['after', 'from', 'tu', 'sau'],
  before: ['before', 'truoc'],
  until: ['until', 'to', 'den'],
};

/** Values of fields that have few, by their names without diacritics, spaces and hyphens. */
const POLARITY_NAMES = {
  negative: ['negative', 'tieucuc', 'xau', 'am'],
  neutral: ['neutral', 'trungtinh', 'trunglap'],
  positive: ['positive', 'tichcuc', 'tot', 'duong'],
};
const VALUE_NAMES: Partial<Record<SearchField, Readonly<Record<string, readonly string[]>>>> = {
  polarity: POLARITY_NAMES,
  stance: POLARITY_NAMES,
  tier: {
    central: ['central', 'trunguong'],
    ministry: ['ministry', 'bonganh', 'bo'],
    national: ['national', 'toanquoc', 'quocgia'],
    provincial: ['provincial', 'diaphuong', 'tinh'],
    trade: ['trade', 'chuyennganh'],
    aggregator: ['aggregator', 'tonghop'],
  },
  caution: {
    rumour: ['rumour', 'rumor', 'tindon'],
    denial: ['denial', 'bacbo', 'phunhan', 'dinhchinh'],
    'harmful-advice': ['harmfuladvice', 'cachchuacohai', 'meochuabenh'],
  },
};

const FIELD_OF: ReadonlyMap<string, SearchField> = new Map(
  Object.entries(FIELD_NAMES).flatMap(([field, names]) =>
    names.map((name) => [name, field as SearchField] as const),
  ),
);

/** The field that a name means, whatever its language, diacritics, case and hyphens. */
export function searchFieldNamed(typed: string): SearchField | undefined {
  return FIELD_OF.get(bare(typed));
}

/** What pages and links write before the colon. */
export function nameOfSearchField(field: SearchField): string {
  return FIELD_NAMES[field][0] as string;
}

/** Whether all values of a field are known here. */
export function hasClosedValues(field: SearchField): boolean {
  return VALUE_NAMES[field] !== undefined;
}

/** All values of a field that has few. */
export function closedValuesOf(field: SearchField): readonly string[] | undefined {
  const values = VALUE_NAMES[field];
  return values === undefined ? undefined : Object.keys(values);
}

/** The value that a name means, in a field that has few; `undefined` where it means none. */
export function closedValueNamed(field: SearchField, typed: string): string | undefined {
  const name = bare(typed);
  const values = Object.entries(VALUE_NAMES[field] ?? {});
  return values.find(([, names]) => names.includes(name))?.[0];
}

function bare(typed: string): string {
  return foldWord(typed.normalize('NFC').toLowerCase()).replaceAll(/[\s_-]+/g, '');
}
