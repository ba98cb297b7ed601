import type { TopicTexts } from './topic-texts.ts';

export const INSURANCE: TopicTexts = {
  topic: 'insurance',
  section: 'Bảo hiểm y tế',
  surroundings: 'events',
  frames: [
    {
      polarity: 'neutral',
      title:
        '{Giải đáp|Hỏi - đáp}: {thẻ bảo hiểm y tế hết hạn giữa đợt điều trị|khám trái tuyến tại <bv>|đổi nơi khám ban đầu} {thì được hưởng thế nào|cần giấy tờ gì}?',
      summary:
        '{Cơ quan bảo hiểm xã hội <ten-tinh>|Chuyên viên bảo hiểm} trả lời {<5-12> câu hỏi thường gặp|bạn đọc} về {mức hưởng và thủ tục|thời hạn thẻ và nơi đăng ký}.',
      body: [
        '{Theo quy định|Luật nêu rõ}, {người bệnh được thanh toán đến khi ra viện nhưng không quá <10-15> ngày|mức hưởng tùy nhóm đối tượng, từ 80 đến 100%}.',
        'Hồ sơ {nộp tại bộ phận một cửa|gửi qua cổng trực tuyến}, {thời gian giải quyết <5-10> ngày|không thu lệ phí}.',
      ],
    },
    {
      polarity: 'positive',
      title: '{Quỹ bảo hiểm y tế chi trả <1-4> tỷ đồng|Tấm thẻ cứu cánh} cho <nguoi-benh> ở <ten-tinh>',
      summary:
        '{Không có thẻ, gia đình khó theo nổi|Nhờ thẻ bảo hiểm y tế}, {người bệnh được điều trị đủ liệu trình|cháu đã khỏe mạnh trở lại}.',
      body: [
        'Suốt <4-14> tháng tại <bv>, {toàn bộ thuốc đắt tiền được chi trả|gia đình chỉ đóng phần rất nhỏ}, {là niềm an ủi lớn|giúp họ vững tin}.',
        '“{Tấm thẻ nhỏ mà cứu cả nhà|Giờ ai hỏi tôi cũng khuyên nên tham gia}”, {người thân xúc động nói|người mẹ ở <xa> kể}.',
      ],
    },
    {
      polarity: 'negative',
      title:
        '{Trục lợi bảo hiểm y tế|Khống hồ sơ khám}: <co-so> {bị xuất toán <300-2800> triệu đồng|bị đề nghị xử lý}',
      summary:
        '{Giám định phát hiện <120-900> hồ sơ bất thường|Đoàn kiểm tra xác định sai phạm}, {có người đi khám <12-40> lần trong tháng|kê dịch vụ không thực hiện}.',
      body: [
        '{Hồ sơ có chữ ký giả|Nhiều phiếu xét nghiệm trùng lặp}; {cơ sở phải hoàn trả quỹ|hợp đồng bị tạm dừng}, {vụ việc chuyển cơ quan điều tra|người liên quan bị đình chỉ}.',
        '{Người dân <ten-tinh> bức xúc|Dư luận bất bình} vì {quỹ chung bị thất thoát|tiền đóng bị lạm dụng}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '<ten-tinh> {đặt chỉ tiêu|phấn đấu} <92-97>% dân số tham gia bảo hiểm y tế, {tập trung nhóm học sinh sinh viên|rà soát hộ cận nghèo}',
      summary:
        '{Đến hết tháng trước|Tính đến <ngay>}, tỷ lệ bao phủ là <88-95>%, {còn <20-110> nghìn người chưa tham gia|chủ yếu là lao động tự do}.',
      body: [
        'Ở <xa>, {tổ vận động gồm trưởng thôn và giáo viên|đại lý thu đến nhà} {cập nhật danh sách từng hộ|phát <400-1800> tờ gấp}.',
        '{Mức đóng của người thứ hai trở đi trong hộ giảm dần|Ngân sách hỗ trợ thêm <10-30>%}, {áp dụng đến hết năm|theo nghị quyết của tỉnh}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Liên thông|Đồng bộ} dữ liệu {giấy khám sức khỏe lái xe|giấy chứng sinh|sổ khám bệnh điện tử} ở <ten-tinh>: {tiến độ đến <ngay>|hỏi đáp nhanh}',
      summary:
        '<30-140> cơ sở {đã ký số|gửi dữ liệu hằng ngày}, {tỷ lệ bản ghi hợp lệ là <85-99>%|người dân xem trên ứng dụng}.',
      body: [
        'Bản ghi lỗi {chủ yếu do sai ngày sinh|được trả về trong đêm}, {cơ sở sửa trong <2-5> ngày|hệ thống tự nhắc}.',
        '{Cơ quan bảo hiểm|Trung tâm dữ liệu} {mở kênh hỗ trợ kỹ thuật|họp giao ban trực tuyến mỗi tuần}.',
      ],
    },
  ],
  details: [
    'Người dân dùng {căn cước gắn chíp|ứng dụng VssID} khi đi khám, {cơ sở y tế quét mã trong vài giây|không cần thẻ giấy}.',
    'Từ đầu năm, quỹ đã chi <600-3900> tỷ đồng cho <1-6> triệu lượt khám, {bình quân <300-900> nghìn đồng mỗi lượt|nội trú chiếm <35-55>%}.',
    'Giám định điện tử {chạy hằng đêm|gửi cảnh báo trong ngày}, {cơ sở phải giải trình trong <3-7> ngày|dữ liệu liên thông với tuyến dưới}.',
    '{Danh mục thuốc thanh toán|Bảng giá dịch vụ} {được niêm yết tại quầy|đối chiếu mỗi quý} để {người bệnh tiện theo dõi|thuận cho quyết toán}.',
    'Thắc mắc {gửi tổng đài 1900 9068|hỏi trực tiếp tại <22-60> điểm thu}, {trả lời trong giờ hành chính|có hỗ trợ buổi tối}.',
    'Nhóm hộ gia đình chiếm <20-35>%, {nhóm đi làm <25-40>%|nhóm được ngân sách đóng phần lớn}.',
  ],
};
