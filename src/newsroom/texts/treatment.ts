import type { TopicTexts } from './topic-texts.ts';

export const TREATMENT: TopicTexts = {
  topic: 'treatment',
  section: 'Khám chữa bệnh',
  surroundings: 'events',
  frames: [
    {
      polarity: 'neutral',
      title:
        '<bv> {mở thêm|đưa vào hoạt động} {phòng khám ngoài giờ|khu khám theo hẹn|đơn nguyên điều trị ban ngày}',
      summary:
        '{Đơn vị tiếp nhận|Khu mới phục vụ} từ <80-400> lượt khám mỗi ngày, {người dân đặt lịch qua điện thoại|bố trí <4-12> bàn khám}.',
      body: [
        'Khung giờ làm việc {từ <5-7> giờ đến <17-20> giờ|gồm cả sáng thứ bảy}; {giá dịch vụ theo quy định hiện hành|bảng giá niêm yết tại sảnh}.',
        '{Người bệnh mạn tính|Người bệnh tái khám} được {hướng dẫn sang luồng riêng|nhắc lịch trước một ngày}.',
      ],
    },
    {
      polarity: 'negative',
      title:
        '{Quá tải|Bệnh nhân nằm ghép}, {người bệnh chờ cả buổi để khám|hành lang kê thêm giường} tại <co-so>',
      summary:
        '{Nhiều người nhà phàn nàn|Người dân <ten-tinh> than phiền} vì {phải chờ <3-6> giờ|thiếu giường, thiếu ghế}; {cơ sở thừa nhận quá tải cục bộ|nhân lực không đáp ứng nổi}.',
      body: [
        'Ghi nhận ngày <ngay>, {mỗi bàn khám có <70-140> người chờ|hai đến ba người chung một giường}, {không khí ngột ngạt|nhiều cụ già mệt lả}.',
        'Một {người nhà|thân nhân} ở <xa> bức xúc: “{Lấy số từ <3-5> giờ sáng mà gần trưa chưa tới lượt|Cả nhà thay nhau đứng, không có chỗ ngồi}”.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '{Chia tay|Tạm biệt} <nguoi-benh> sau <30-120> ngày điều trị: {nụ cười ở <bv>|món quà của lòng kiên trì}',
      summary:
        'Từ {tiên lượng dè dặt|chỗ phải thở máy}, người bệnh {hồi phục kỳ diệu|đã tự đi những bước đầu tiên} nhờ {sự tận tâm của tập thể khoa|phục hồi chức năng sớm}.',
      body: [
        '{Gia đình viết thư tay cảm ơn|Người nhà gửi lời tri ân} {từng điều dưỡng|kíp trực}, nhắc lại {những đêm thức trắng cạnh giường bệnh|sự động viên ân cần mỗi ngày}.',
        'Theo <bac-si>, {kết quả tốt đến từ phối hợp đa chuyên khoa|điều đáng mừng là không để lại di chứng}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Số ca|Lượt khám} {viêm khớp|bệnh hô hấp ở trẻ|rối loạn giấc ngủ} {thay đổi thế nào|ra sao} ở <ten-tinh> trong {quý này|tháng qua}?',
      summary:
        '{Thống kê của <ttyt>|Số liệu tại <bv>} cho thấy <1200-8600> lượt khám, {tương đương cùng kỳ|phân bố đều các tuần}.',
      body: [
        '{Nhóm tuổi <40-60>|Nhóm trẻ dưới <5-9> tuổi} chiếm <28-46>%, {phần lớn điều trị ngoại trú|thời gian khám trung bình <12-35> phút}.',
        '<bac-si> cho rằng {cần thêm số liệu để so sánh|yếu tố mùa ảnh hưởng không nhiều}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '{Khoác áo mới|Đổi mới phong cách phục vụ}, <ttyt> {được người bệnh khen ngợi|giảm <30-60>% thời gian chờ}',
      summary:
        '{Khảo sát <400-1500> người|Kết quả khảo sát độc lập} cho thấy {mức hài lòng đạt <92-98>%|người bệnh hài lòng nhất ở thái độ phục vụ}.',
      body: [
        'Đơn vị {rút gọn <3-6> khâu thủ tục|lắp kiốt lấy số tự động}, {bố trí nhân viên dẫn đường|có nước uống và sạc điện thoại miễn phí}.',
        '“{Đi khám nhanh gọn, nhân viên niềm nở|Trước mất nửa ngày, giờ hơn một tiếng là xong}”, {một người bệnh ở <xa>|một bác lớn tuổi ở <xa>} chia sẻ.',
      ],
    },
    {
      polarity: 'neutral',
      title: 'Điều chỉnh {giá dịch vụ khám bệnh|khung giờ thăm nuôi} tại <ten-tinh> từ {tháng tới|<ngay>}',
      summary:
        '{Mức mới chênh <2-8>% so với cũ|Mỗi ca thăm kéo dài <60-120> phút}, {áp dụng thống nhất cả địa bàn|thông báo dán ở các khoa}.',
      body: [
        'Bảng so sánh {gồm <400-1900> dịch vụ|được đăng kèm công văn}, {người có thẻ bảo hiểm không bị ảnh hưởng|phần đồng chi trả tính theo tỷ lệ}.',
        'Bộ phận tiếp đón {giải thích trực tiếp|phát tờ hướng dẫn} cho {người bệnh nội trú|thân nhân}.',
      ],
    },
    {
      polarity: 'negative',
      title:
        '{Xe cứu thương đến trễ|Gọi 115 không ai nghe}: {người bệnh nguy kịch|cụ ông tử vong trên đường} ở <xa>, <ten-tinh>',
      summary:
        '{Gia đình chờ <40-95> phút|Điện thoại reo nhiều lần vô vọng}, {người thân uất nghẹn|hàng xóm phải dùng xe tải chở đi}; {mạng lưới cấp cứu quá mỏng|đơn vị trực thừa nhận thiếu xe}.',
      body: [
        '{Cả vùng chỉ có <1-3> xe hoạt động|Hai xe hỏng nằm xưởng}, {kíp trực thiếu người|tài xế kiêm nhiệm}, {hậu quả thật đau lòng|nhiều lần bị phản ánh mà không khắc phục}.',
        'Bà con {phẫn nộ đòi câu trả lời|lo sợ trường hợp tương tự}, {đề nghị quy trách nhiệm|gửi kiến nghị tới <syt>}.',
      ],
    },
  ],
  details: [
    'Hiện {đơn vị|cơ sở} có <110-780> giường bệnh, {công suất sử dụng <70-98>%|trong đó <10-60> giường hồi sức}.',
    'Hồ sơ bệnh án điện tử {đã liên thông với hệ thống bảo hiểm|đang chạy thử song song với bản giấy}.',
    '{Phần lớn người bệnh đến từ|Người đến khám chủ yếu sống ở} <xa>, <xa-khac> và vùng lân cận.',
    'Việc {hội chẩn từ xa|khám qua truyền hình} được tổ chức {mỗi tuần <1-3> buổi|khi có yêu cầu}.',
    'Tổ chăm sóc khách hàng {phân luồng ngay từ cổng|ghi nhận ý kiến qua mã QR} để {điều chỉnh bàn khám|báo cáo giao ban}.',
    '{Xét nghiệm cơ bản|Chẩn đoán hình ảnh} thường có kết quả sau <30-120> phút, {trừ các mẫu phải nuôi cấy|tùy khung giờ}.',
    'Người bệnh cần mang {giấy hẹn và căn cước|đơn thuốc cũ} để {đối chiếu|rút ngắn khâu hỏi bệnh}.',
  ],
};
