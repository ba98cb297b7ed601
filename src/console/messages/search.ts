import type { SearchNote } from '../../domain/search-query.ts';

/** What is said of a search: how it was read, what could be asked instead, how it is written. */
export const searchVi = {
  understood: 'Đang tìm',
  not: (text: string) => `không có ${text}`,
  or: ' hoặc ',
  title: (text: string) => `tiêu đề có ${text}`,
  after: (day: string) => `từ ${day}`,
  before: (day: string) => `trước ${day}`,
  notes: {
    'unknown-field': (text: string) => `Không có trường “${text}”; đã tìm như từ thường.`,
    'unknown-value': (text: string) => `Không biết “${text}” là gì trong trường này; đã tìm như từ thường.`,
    'several-values': (text: string, values: string) => `“${text}” có thể là: ${values}. Đã tìm tất cả.`,
    'not-a-day': (text: string) => `“${text}” không phải là ngày; đã bỏ qua.`,
    'too-long': () => 'Câu tìm quá dài; phần cuối đã bỏ qua.',
  } as Record<SearchNote['kind'], (text: string, values: string) => string>,
  insteadTitle: 'Bỏ bớt một điều kiện thì có kết quả',
  without: (what: string) => `Bỏ ${what}`,
  found: (n: string) => `${n} bài`,
  help: 'Cách viết câu tìm',
  helpRows: [
    ['ngộ độc thực phẩm', 'bài có đủ các từ, có dấu hay không dấu'],
    ['"ngộ độc thực phẩm"', 'các từ đứng liền nhau'],
    ['sởi OR "ho gà"', 'một trong hai (cũng viết HOẶC)'],
    ['sởi -vắc-xin', 'có từ trước, không có từ sau dấu trừ'],
    ['tiêu-đề:sởi', 'chỉ tìm trong tiêu đề'],
    [
      'bệnh-viện:"Bạch Mai" sắc-thái:tiêu-cực',
      'theo trường: chủ-đề, bệnh-viện, tỉnh, báo, cấp, bệnh, thuốc, thái-độ…',
    ],
    ['từ:1/3/2026 đến:15/3/2026', 'trong khoảng ngày; cũng viết từ:7-ngày, hôm-qua'],
  ] as (readonly [string, string])[],
};

export const searchEn: typeof searchVi = {
  understood: 'Looking for',
  not: (text) => `without ${text}`,
  or: ' or ',
  title: (text) => `${text} in the title`,
  after: (day) => `from ${day}`,
  before: (day) => `before ${day}`,
  notes: {
    'unknown-field': (text) => `There is no field “${text}”; it was looked for as a word.`,
    'unknown-value': (text) => `Nothing in this field is called “${text}”; it was looked for as a word.`,
    'several-values': (text, values) => `“${text}” may be: ${values}. All of them were looked for.`,
    'not-a-day': (text) => `“${text}” is no day; it was left out.`,
    'too-long': () => 'The search is too long; its end was left out.',
  },
  insteadTitle: 'Without one of the conditions there are results',
  without: (what) => `Without ${what}`,
  found: (n) => `${n} articles`,
  help: 'How to write a search',
  helpRows: [
    ['ngộ độc thực phẩm', 'articles with all the words, with or without diacritics'],
    ['"ngộ độc thực phẩm"', 'the words next to each other'],
    ['sởi OR "ho gà"', 'either'],
    ['sởi -vắc-xin', 'the first, not what follows the minus'],
    ['title:sởi', 'in the title only'],
    [
      'facility:"Bạch Mai" polarity:negative',
      'by field: topic, facility, province, outlet, tier, disease, medicine, stance…',
    ],
    ['after:2026-03-01 until:2026-03-15', 'within days; also after:7d, yesterday'],
  ],
};
