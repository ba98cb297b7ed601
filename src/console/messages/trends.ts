/** What the page of trends says of what stands beside a count. */
export const trendContextVi = {
  measure: 'Cách đếm',
  count: 'Số bài',
  rate: 'Quy về đủ nguồn báo',
  rateHint: 'Mỗi ngày được nhân lên theo phần nguồn báo còn nghe được; ngày còn dưới một nửa thì để trống.',
  shades: 'Nền',
  shade: { down: 'Nhiều nguồn báo im lặng', holiday: 'Tết, ngày lễ', weekend: 'Cuối tuần' },
  usual: 'Thường ngày (trung vị 8 tuần trước, cùng thứ, cùng giờ)',
  usualShort: 'Thường',
  uptime: 'Nguồn báo còn nghe được',
  downOutlets: (names: string) => `im lặng: ${names}`,
  compare: 'So với',
  compareHint: 'Thêm tối đa 4 chuỗi: chủ đề, tỉnh, cơ sở, bệnh, thuốc, văn bản.',
  add: 'Thêm',
  remove: (name: string) => `Bỏ ${name}`,
  unknown: (typed: string) => `Không biết “${typed}” là gì: hãy chọn một tên trong danh sách gợi ý.`,
  lines: 'Các chuỗi',
  line: 'Chuỗi',
  main: 'Bộ lọc hiện tại',
  linesLabel: (names: string) => `Biểu đồ đường: số bài của ${names}. Số liệu có trong bảng bên dưới.`,
  shareLinesLabel: (names: string) =>
    `Biểu đồ đường: tỷ lệ bài tiêu cực của ${names}. Số liệu có trong bảng bên dưới.`,
};

export const trendContextEn: typeof trendContextVi = {
  measure: 'Counted as',
  count: 'Articles',
  rate: 'As if every outlet were heard',
  rateHint:
    'Each day is scaled up by the share of outlets that were heard from; days with less than half are left out.',
  shades: 'Background',
  shade: { down: 'Many outlets silent', holiday: 'Tết, public holiday', weekend: 'Weekend' },
  usual: 'Usual (median of the 8 weeks before, same weekday and hour)',
  usualShort: 'Usual',
  uptime: 'Outlets heard from',
  downOutlets: (names: string) => `silent: ${names}`,
  compare: 'Compare with',
  compareHint: 'Add up to 4 series: topics, provinces, facilities, diseases, medicines, documents.',
  add: 'Add',
  remove: (name: string) => `Remove ${name}`,
  unknown: (typed: string) => `“${typed}” is not known: please choose one of the names that are offered.`,
  lines: 'Series',
  line: 'Series',
  main: 'These filters',
  linesLabel: (names: string) => `Line chart: articles of ${names}. The figures are in the table below.`,
  shareLinesLabel: (names: string) =>
    `Line chart: share of negative articles of ${names}. The figures are in the table below.`,
};
