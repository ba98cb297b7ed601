import type { Subscription } from '../../domain/saved-search.ts';

/** What is said of searches that people keep. */
export const searchesVi = {
  title: 'Tìm kiếm đã lưu',
  intro: 'Mỗi câu tìm đã lưu mở lại đúng bộ lọc của nó; đăng ký thì nhận thư khi có bài mới.',
  none: 'Chưa có câu tìm nào được lưu. Tìm ở trang Tin bài rồi bấm “Lưu câu tìm này”.',
  toArticles: 'Đến trang Tin bài',
  save: 'Lưu câu tìm này',
  name: 'Tên',
  search: 'Câu tìm',
  by: 'Người lưu',
  subscription: 'Nhận thư',
  subscriptions: {
    none: 'không nhận',
    'at-once': 'ngay khi có bài mới (gộp mỗi 10 phút)',
    daily: 'mỗi sáng',
    weekly: 'sáng thứ Hai',
  } as Record<Subscription, string>,
  to: 'Gửi đến (các địa chỉ thư, cách nhau bằng dấu phẩy)',
  shared: 'Cả phòng cùng thấy',
  change: 'Lưu thay đổi',
  remove: 'Xoá',
  removeNamed: (name: string) => `Xoá câu tìm “${name}”`,
  edit: (name: string) => `Sửa “${name}”`,
  noMail: 'Nhận thư cần máy chủ thư (SMTP_URL) và vai trò trực ban trở lên.',
  fault: (reason: string) => `Thư gần nhất bị máy chủ từ chối: ${reason}.`,
  told: 'Đã báo đến',
};

export const searchesEn: typeof searchesVi = {
  title: 'Saved searches',
  intro:
    'Each opens with the very filters that it was saved with; whoever subscribes is mailed when there are new articles.',
  none: 'No search has been saved yet. Search on the page Articles and press “Save this search”.',
  toArticles: 'To the page Articles',
  save: 'Save this search',
  name: 'Name',
  search: 'Search',
  by: 'Saved by',
  subscription: 'Mail',
  subscriptions: {
    none: 'none',
    'at-once': 'at once when there are new articles (every 10 minutes at most)',
    daily: 'every morning',
    weekly: 'Monday morning',
  },
  to: 'To (addresses of mail, with commas between)',
  shared: 'Everybody of the office sees it',
  change: 'Save changes',
  remove: 'Delete',
  removeNamed: (name) => `Delete the search “${name}”`,
  edit: (name) => `Edit “${name}”`,
  noMail: 'Mail needs a mail server (SMTP_URL) and the role of an officer or more.',
  fault: (reason) => `The last mail was refused by the server: ${reason}.`,
  told: 'Told until',
};
