/** What the frame of every page says of its keys. */
export const frameVi = {
  keys: 'Phím tắt',
  keysOn: 'Dùng phím tắt trên máy này',
  close: 'Đóng',
  key: 'Phím',
  does: 'Tác dụng',
  search: 'Đến ô tìm kiếm',
  next: 'Mục kế tiếp trong danh sách',
  previous: 'Mục trước trong danh sách',
  help: 'Bảng này',
  followedBy: 'rồi',
  page: (name: string) => `Đến trang ${name}`,
};

export const frameEn: typeof frameVi = {
  keys: 'Keyboard shortcuts',
  keysOn: 'Use shortcuts in this browser',
  close: 'Close',
  key: 'Key',
  does: 'What it does',
  search: 'To the search field',
  next: 'Next in the list',
  previous: 'Previous in the list',
  help: 'This table',
  followedBy: 'then',
  page: (name) => `To ${name}`,
};
