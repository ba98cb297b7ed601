/** Sentences that any article about health may hold: who said it, when, what comes next. */
export const QUOTES: readonly string[] = [
  '“{Chúng tôi sẽ theo dõi thêm và thông tin khi có kết quả|Việc này cần làm từng bước, không nóng vội}”, <chuc-danh> {nói|cho biết|trao đổi}.',
  'Theo <chuc-danh>, {các bước tiếp theo được lên lịch trong <2-5> tuần tới|mục tiêu là giữ nhịp công việc ổn định}.',
  '<bac-si> {lưu ý|nhắc lại} rằng {thông tin chính thức được đăng trên trang của đơn vị|người dân nên hỏi nơi khám gần nhất}.',
  'Trả lời {phóng viên|báo chí} {chiều|sáng} <ngay>, <chuc-danh> cho hay {hồ sơ đang được hoàn thiện|các bộ phận đã nhận nhiệm vụ cụ thể}.',
  '{Một cán bộ nhiều năm trong nghề|Một điều dưỡng trưởng} nhận xét: “{Điều quan trọng là phối hợp giữa các tuyến|Con số chỉ nói một phần, cần xem cả quá trình}”.',
  '{Tại cuộc họp giao ban|Trong buổi làm việc với cơ sở}, <chuc-danh> {đề nghị báo cáo trước cuối tuần|nêu <2-4> việc cần làm ngay}.',
  '<bac-si> giải thích: “{Cơ thể mỗi người đáp ứng khác nhau|Số liệu một tháng chưa đủ để nói xu hướng}”.',
  '{Bạn đọc ở <xa-khac>|Một người dân ở <xa>} hỏi {bao giờ có lịch chi tiết|thủ tục có thay đổi không}; {câu trả lời là sẽ niêm yết ở trụ sở xã|đơn vị hẹn trả lời bằng tin nhắn}.',
];

export const CONTEXT: readonly string[] = [
  '<ten-tinh> hiện có <18-46> cơ sở khám chữa bệnh công lập, {tổng cộng <2-9> nghìn giường|đạt <28-38> giường trên một vạn dân}.',
  '{Thông tin được nêu|Số liệu được công bố} {tại buổi họp báo|trong báo cáo tháng} ngày <ngay>.',
  'Trong <3-5> năm gần đây, {địa phương này|<tinh>} {đã đầu tư cho y tế số|mở thêm <2-7> chuyên khoa}.',
  '{Thời tiết những ngày qua|Lượng khách về địa phương} {thay đổi nhanh|khá thất thường}, {các đơn vị trực đủ quân số|lịch trực được xếp lại}.',
  'Dân số {toàn địa bàn|của <xa>} khoảng <9-38> nghìn người, {phần lớn làm nông nghiệp|có khu công nghiệp với nhiều lao động trẻ}.',
  '{So với trước khi sắp xếp đơn vị hành chính|Sau khi tổ chức chính quyền hai cấp}, {đầu mối quản lý gọn hơn|cấp xã nhận thêm <3-9> nhiệm vụ}.',
  'Bài viết {có sử dụng tư liệu|tham khảo báo cáo} của <syt>.',
  '{Kế hoạch tiếp theo|Đợt tới} {dự kiến vào tháng sau|sẽ bắt đầu ở <xa-khac>}, {kéo dài <5-20> ngày|theo hình thức cuốn chiếu}.',
  '{Cùng ngày|Trước đó}, {một số tỉnh lân cận cũng có hoạt động tương tự|cuộc họp trực tuyến đã kết nối <30-90> điểm cầu}.',
  '{Hơn <20-90>% kinh phí|Phần còn lại} {do xã hội hóa|lấy từ nguồn chi thường xuyên}, {quyết toán vào quý tới|có kiểm toán}.',
];
