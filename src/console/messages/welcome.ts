/** What the first steps say. */
export const welcomeVi = {
  title: 'Bắt đầu',
  intro:
    'Bốn bước để văn phòng bạn nghe được báo chí và được gọi khi có chuyện. Bước nào cũng có thể bỏ qua.',
  invite: 'Chưa cho biết văn phòng theo dõi nơi nào',
  inviteWhy: 'Chọn tỉnh và cơ sở, gửi thử một tin nhắn, chạy một buổi diễn tập: chừng năm phút.',
  begin: 'Bắt đầu',
  watch: '1. Văn phòng theo dõi nơi nào',
  watchWhy:
    'Trang Hôm nay sẽ mở ra với tin bài nhắc tới những nơi này trước; cả nước vẫn cách một lần bấm. Không chọn gì nghĩa là theo dõi cả nước.',
  provinces: 'Tỉnh, thành',
  facilities: 'Cơ sở y tế',
  facilityHint: 'Gõ đúng tên hoặc mã trong danh mục, có dấu hay không dấu đều được.',
  facility: (n: number) => `Cơ sở ${n}`,
  save: 'Lưu',
  saved: (by: string) => `Đã lưu, người lưu gần nhất: ${by}.`,
  done: 'Đã lưu. Trang Hôm nay mở ra theo lựa chọn này.',
  unknown: (name: string) => `Chưa lưu: không có, hoặc có nhiều hơn một cơ sở tên “${name}”.`,
  noName: 'Chưa lưu: hãy điền tên của bạn.',
  channels: '2. Báo động đến được máy của bạn không',
  channelsWhy: 'Gửi một tin ghi rõ là tin thử. Kênh được khai báo trong config/.env.example, sao thành .env.',
  noChannels:
    'Chưa kênh nào được khai báo, nên báo động chỉ nằm trên trang này. Hãy xem config/.env.example.',
  logOnly: 'Kênh “log” chỉ ghi vào nhật ký chạy.',
  test: (channel: string) => `Gửi thử qua ${channel}`,
  taken: (channel: string, ms: string) =>
    `Kênh ${channel} đã nhận tin thử sau ${ms} ms. Hãy xem máy của bạn.`,
  refused: (channel: string) => `Kênh ${channel} không gửi được.`,
  officers: '3. Ai trực',
  officersWhy: 'Lịch trực và cách liên lạc từng người ở config/on-call.yaml.',
  noOfficers: 'Chưa khai báo ai trực: báo động không có ai để gọi. Hãy điền config/on-call.yaml.',
  drill: '4. Diễn tập',
  drillWhy:
    'Một cuộc khủng hoảng giả, đánh dấu rõ là diễn tập, đi từ lúc báo đăng đến lúc chuông reo, trên dữ liệu riêng rồi xoá hết. Chạy trên máy chủ, mất vài phút:',
  next: 'Xong, đến trang Hôm nay',
};

export const welcomeEn: typeof welcomeVi = {
  title: 'Getting started',
  intro:
    'Four steps until your office hears the press and is called when something happens. Each can be skipped.',
  invite: 'The office has not said what it watches',
  inviteWhy: 'Choose provinces and facilities, try a message, run a drill: some five minutes.',
  begin: 'Begin',
  watch: '1. What the office watches',
  watchWhy:
    'Today opens with articles that mention these; the whole country stays one click away. Nothing chosen means the whole country.',
  provinces: 'Provinces',
  facilities: 'Facilities',
  facilityHint: 'A name or id of the registry, with or without diacritics.',
  facility: (n) => `Facility ${n}`,
  save: 'Save',
  saved: (by) => `Saved, last by ${by}.`,
  done: 'Saved. Today opens with this choice.',
  unknown: (name) => `Not saved: no facility, or more than one, is named “${name}”.`,
  noName: 'Not saved: please give your name.',
  channels: '2. Whether alerts reach you',
  channelsWhy:
    'Sends a message that is marked as a trial. Channels are set up as config/.env.example says, in .env.',
  noChannels: 'No channel is set up, so alerts are seen on these pages only. See config/.env.example.',
  logOnly: 'The channel “log” writes to the program’s log only.',
  test: (channel) => `Try ${channel}`,
  taken: (channel, ms) => `${channel} took the trial after ${ms} ms. Look at your phone.`,
  refused: (channel) => `${channel} could not deliver.`,
  officers: '3. Who is on call',
  officersWhy: 'The rota and how to reach each person are in config/on-call.yaml.',
  noOfficers: 'Nobody is on call: alerts have nobody to go to. Fill in config/on-call.yaml.',
  drill: '4. Drill',
  drillWhy:
    'A crisis that is none, marked as a drill, goes from publication to phone on data of its own that are removed afterwards. Run on the server, it takes some minutes:',
  next: 'Done, to Today',
};
