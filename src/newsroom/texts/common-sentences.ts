/** Sentences that stand beside a topic's own: who said it, when, where, what comes next. */
interface Surroundings {
  readonly quotes: readonly string[];
  readonly context: readonly string[];
}

const EVENTS: Surroundings = {
  quotes: [
    '“{Chúng tôi sẽ theo dõi thêm và thông tin khi có kết quả|Việc này cần làm từng bước, không nóng vội}”, <chuc-danh> {nói|cho biết|trao đổi}.',
    'Theo <chuc-danh>, {các bước tiếp theo được lên lịch trong <2-5> tuần tới|mục tiêu là giữ nhịp công việc đều đặn}.',
    'Trả lời {phóng viên|báo chí} {chiều|sáng} <ngay>, <chuc-danh> cho hay {hồ sơ đang được rà lại|các bộ phận đã nhận nhiệm vụ cụ thể}.',
    '{Một cán bộ nhiều năm trong nghề|Một điều dưỡng trưởng} nhận xét: “{Điều quan trọng là phối hợp giữa các tuyến|Con số chỉ nói một phần, cần xem cả quá trình}”.',
    '{Tại cuộc họp giao ban|Trong buổi làm việc với cơ sở}, <chuc-danh> {đề nghị báo cáo trước cuối tuần|nêu <2-4> việc cần làm ngay}.',
    '{Bạn đọc ở <xa-khac>|Một người dân ở <xa>} hỏi {bao giờ có lịch chi tiết|thủ tục có thay đổi không}; {câu trả lời là sẽ niêm yết ở trụ sở xã|đơn vị hẹn trả lời bằng tin nhắn}.',
    '“{Ai có câu hỏi cứ gọi số của phòng, giờ hành chính có người nghe|Đến cuối tháng mới đủ dữ liệu để so sánh}”, <chuc-danh> nói thêm.',
    'Ở góc nhìn khác, {một giảng viên đại học y|một nhà nghiên cứu y tế công cộng} gợi ý {so với các tỉnh cùng quy mô|nhìn dài hơn một năm}.',
    '<chuc-danh> dẫn kinh nghiệm {từ một địa phương láng giềng|của <3-6> năm trước} và {hẹn cung cấp bảng số liệu|cho rằng khó áp dụng nguyên xi}.',
  ],
  context: [
    '<ten-tinh> hiện có <18-46> cơ sở khám chữa bệnh công lập, {tổng cộng <2-9> nghìn giường|đạt <28-38> giường trên một vạn dân}.',
    '{Thông tin được nêu|Số liệu được công bố} {tại buổi họp báo|trong báo cáo tháng} ngày <ngay>.',
    '{Thời tiết những ngày qua|Lượng khách về địa phương} {thay đổi nhanh|khá thất thường}, {các đơn vị trực đủ quân số|lịch trực được xếp lại}.',
    'Dân số {toàn địa bàn|của <xa>} khoảng <9-38> nghìn người, {phần lớn làm nông nghiệp|có khu công nghiệp với nhiều lao động trẻ}.',
    '{So với trước khi sắp xếp đơn vị hành chính|Sau khi tổ chức chính quyền hai cấp}, {đầu mối quản lý gọn hơn|cấp xã nhận thêm <3-9> nhiệm vụ}.',
    'Bài viết {có sử dụng tư liệu|tham khảo báo cáo} của <syt>.',
    '{Cùng ngày|Trước đó}, {một số tỉnh lân cận cũng có hoạt động tương tự|cuộc họp trực tuyến đã kết nối <30-90> điểm cầu}.',
    'Từ trung tâm tỉnh về <xa> khoảng <12-75> km, {đường chủ yếu men sông|đi xe khách mất <40-120> phút}.',
    'Nhân lực y tế của địa phương gồm <1-6> nghìn người, {trong đó bác sĩ chiếm <18-30>%|bình quân <9-14> bác sĩ trên một vạn dân}.',
    '{Theo niên giám thống kê|Số liệu dân cư cho thấy}, <ten-tinh> có <8-17>% dân số trên 65 tuổi.',
  ],
};

const ADVICE: Surroundings = {
  quotes: [
    '<bac-si> giải thích: “{Cơ thể mỗi người đáp ứng khác nhau|Không có công thức chung cho mọi lứa tuổi}”.',
    '<bac-si> {lưu ý|nhắc lại} rằng {thói quen nhỏ duy trì lâu mới có tác dụng|nên hỏi nơi khám gần nhất khi còn phân vân}.',
    '“{Hãy bắt đầu từ việc dễ nhất|Ghi chép vài dòng mỗi tối là đủ}”, {một chuyên gia phục hồi chức năng|một dược sĩ} ở <ten-tinh> khuyên.',
    'Câu hỏi {bạn đọc gửi về nhiều nhất|hay gặp ở phòng tư vấn} là {bao lâu thì thấy khác|có cần kiêng tuyệt đối không}; câu trả lời tùy {thể trạng|bệnh nền}.',
    'Theo <bac-si>, {buổi tối nên ăn nhẹ trước <18-20> giờ|nên nghỉ mắt sau mỗi <20-40> phút nhìn màn hình}.',
  ],
  context: [
    '{Một nghiên cứu theo dõi|Khảo sát trên} <900-7200> người {trong <3-9> năm|ở nhiều vùng} cũng ghi nhận điều tương tự.',
    '{Ở thành phố|Với dân văn phòng}, thời gian ngồi trung bình là <7-10> giờ mỗi ngày.',
    '{Người bận rộn|Cha mẹ có con nhỏ} có thể {chia làm <2-4> lần ngắn|tranh thủ lúc đi làm về}.',
    'Bài viết {mang tính tham khảo|không thay cho khám trực tiếp}, {độc giả hỏi thêm tại trạm y tế|xem thêm cẩm nang của <syt>}.',
    '{Mùa này|Khi trời trở lạnh}, {nên uống nước ấm và giữ cổ|bữa sáng càng không nên bỏ}.',
    'Lượng đường thêm vào {nên dưới <20-25> gram mỗi ngày|có nhiều trong nước ngọt đóng chai}, {đọc nhãn là cách đơn giản|pha loãng dần để quen vị}.',
  ],
};

export const SURROUNDINGS: Readonly<Record<'events' | 'advice', Surroundings>> = {
  events: EVENTS,
  advice: ADVICE,
};
