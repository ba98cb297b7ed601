export const apiVi = {
  title: 'Giao diện lập trình (API)',
  intro:
    'Mọi con số trên màn hình đều lấy được bằng chương trình, cùng câu hỏi và cùng kết quả. Mỗi câu trả lời nói nó tính từ đâu: bao nhiêu bài, đến lúc nào, phiên bản nào, nguồn báo nào vắng.',
  description: 'Bản mô tả OpenAPI 3.1',
  token:
    'Nơi phải đăng nhập, gửi mã truy cập của bạn trong mục Authorization: Bearer …; tạo mã ở trang tài khoản.',
  parameters: 'Tham số',
  name: 'Tên',
  where: 'Ở',
  type: 'Kiểu',
  meaning: 'Nghĩa',
  places: { query: 'câu hỏi', path: 'đường dẫn', header: 'đầu mục', body: 'nội dung gửi' } as Record<
    string,
    string
  >,
  required: 'bắt buộc',
  usual: 'mặc định',
  answer: 'Trả lời',
  tryIt: 'Mở thử',
  tags: {
    articles: 'Tin bài và số đếm',
    stories: 'Câu chuyện',
    incidents: 'Sự việc',
    corrections: 'Sửa đánh giá',
    reports: 'Điểm báo, báo cáo, chiến dịch, văn bản',
    pipeline: 'Nguồn báo và sổ cái',
  } as Record<string, string>,
};

export const apiEn: typeof apiVi = {
  title: 'Programming interface (API)',
  intro:
    'Every number on the screens can be had by a program, by the same question and with the same result. Each answer says where it comes from: how many articles, until when, which versions, which outlets were silent.',
  description: 'Description in OpenAPI 3.1',
  token:
    'Where one has to sign in, send your token as Authorization: Bearer …; make one on the page of your account.',
  parameters: 'Parameters',
  name: 'Name',
  where: 'In',
  type: 'Type',
  meaning: 'Meaning',
  places: { query: 'query', path: 'path', header: 'header', body: 'body' },
  required: 'required',
  usual: 'default',
  answer: 'Answer',
  tryIt: 'Try it',
  tags: {
    articles: 'Articles and counts',
    stories: 'Stories',
    incidents: 'Incidents',
    corrections: 'Corrections',
    reports: 'Press briefs, reports, campaigns, policy documents',
    pipeline: 'Outlets and ledger',
  },
};
