import type { TopicTexts } from './topic-texts.ts';

export const ACHIEVEMENT: TopicTexts = {
  topic: 'achievement',
  section: 'Thành tựu y học',
  surroundings: 'events',
  frames: [
    {
      polarity: 'positive',
      title:
        '{Cứu sống|Giành lại sự sống cho} <nguoi-benh> bị {nhồi máu cơ tim|đột quỵ não|vỡ phình động mạch} tại <bv>',
      summary:
        'Ê-kíp {tim mạch|cấp cứu|can thiệp} đã {can thiệp thành công|phối hợp nhịp nhàng} trong <25-90> phút, {người bệnh hồi phục tốt|hiện sức khỏe ổn định}.',
      body: [
        'Người bệnh nhập viện khi {huyết áp tụt sâu|đã lơ mơ}; {quy trình báo động đỏ được kích hoạt|các bác sĩ hội chẩn khẩn} và {tái thông mạch kịp thời|đặt stent thành công}.',
        'Sau <3-9> ngày, {người bệnh tự đi lại|các chỉ số trở về bình thường}, gia đình {xúc động cảm ơn|bày tỏ lòng biết ơn} các y bác sĩ.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '<bv> {lần đầu thực hiện|làm chủ|triển khai thành công} kỹ thuật {ghép giác mạc|thay khớp háng ít xâm lấn|nội soi mật tụy ngược dòng|tạo nhịp tim}',
      summary:
        '{Thành công này|Kỹ thuật mới} giúp {người dân <ten-tinh> không phải chuyển tuyến|rút ngắn thời gian nằm viện còn <2-5> ngày}, {mở ra cơ hội cho nhiều người bệnh|tiết kiệm đáng kể chi phí}.',
      body: [
        '{Ca đầu tiên là <nguoi-benh>|Trường hợp đầu tiên là <nguoi-benh>}, {ca mổ kéo dài <60-210> phút|được chuẩn bị kỹ trong <2-4> tuần} và diễn ra {suôn sẻ|an toàn}.',
        'Đến nay đơn vị đã {thực hiện an toàn <4-30> trường hợp|tiếp nhận chuyển giao trọn gói}, {tất cả đều phục hồi tốt|được tuyến trên đánh giá cao}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        'Bé {sinh non|sơ sinh} nặng <700-1400> gram {được nuôi sống|xuất viện khỏe mạnh} sau <48-96> ngày {chăm sóc đặc biệt|nằm lồng ấp} ở <ten-tinh>',
      summary:
        'Em bé {cất tiếng khóc ở tuần thai <25-29>|chào đời quá sớm} tại <bv>, {nay bú tốt, tăng cân đều|đã về nhà trong niềm vui của gia đình}.',
      body: [
        'Những ngày đầu, bé được {thở máy|hỗ trợ hô hấp không xâm lấn}, {nuôi dưỡng qua tĩnh mạch|ủ ấm da kề da với mẹ}; {tập thể khoa thay nhau túc trực|điều dưỡng theo dõi sát từng giờ}.',
        'Ngày ra viện, bé nặng <2-3> kg, {phản xạ tốt|không phải thở oxy}, {kết quả kiểm tra mắt và tim ổn định|được hẹn tái khám sau <2-4> tuần}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Hội nghị khoa học|Hội thảo chuyên đề} về {hồi sức cấp cứu|ung bướu|tim mạch can thiệp} {diễn ra|khai mạc} tại <ten-tinh>',
      summary:
        'Hơn <150-600> đại biểu {tham dự|trao đổi}, với <20-70> báo cáo về {chẩn đoán hình ảnh|phác đồ cập nhật|đào tạo liên tục}.',
      body: [
        'Chương trình gồm <2-5> phiên toàn thể và {phiên thực hành|các phiên chuyên đề}, {có truyền trực tuyến|được ghi hình làm tư liệu đào tạo}.',
        '{Ban tổ chức|Đơn vị đăng cai} cho biết {kỷ yếu sẽ được phát hành sau hội nghị|kỳ tới dự kiến tổ chức tại một tỉnh khác}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '{Gia đình người hiến tạng|Nghĩa cử hiến tạng} ở <ten-tinh> {hồi sinh|thắp lại sự sống cho} <3-6> người bệnh',
      summary:
        '{Chuyến bay|Hành trình} đưa {trái tim|lá gan} đi ghép {hoàn tất trong <2-5> giờ|được hỗ trợ dẫn đường}; {các ca ghép đều thành công|người nhận tạng đã tỉnh táo}.',
      body: [
        'Trước đó, {người hiến không qua khỏi sau tai nạn|người hiến được chẩn đoán chết não}; gia đình {đồng ý hiến tặng|vượt lên nỗi đau để trao tặng} mô tạng.',
        'Ngay trong đêm, <3-6> ê-kíp cùng {lấy và ghép tạng|phối hợp nhịp nhàng}, {ghi dấu bước tiến của ngành ghép tạng|lan tỏa nghĩa cử cao đẹp}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Chạy thử|Nghiệm thu} hệ thống {mổ nội soi 3D|xạ trị gia tốc|chụp cộng hưởng từ} tại <ten-tinh>',
      summary:
        '{Thời gian chạy thử <4-10> tuần|Hội đồng nghiệm thu làm việc hai ngày}, {kỹ sư hãng có mặt tại chỗ|danh mục kỹ thuật trình <syt> phê duyệt}.',
      body: [
        'Phòng máy rộng <60-140> m², {tường chì theo quy chuẩn|được kiểm xạ độc lập}.',
        '{Bảng giá dự kiến|Lịch hoạt động} {công bố trong quý tới|phụ thuộc kết quả thẩm định}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '{Nối liền thành công|Giữ lại} {bàn tay|cánh tay|ngón tay} đứt lìa cho <nguoi-benh> ở <ten-tinh>',
      summary:
        'Sau <5-11> giờ vi phẫu, {từng mạch máu được khâu nối dưới kính hiển vi|ê-kíp hoàn tất ca mổ}, {bàn tay hồng ấm trở lại|người bệnh cử động được}.',
      body: [
        'Phần chi {được ướp lạnh đúng cách|gia đình bảo quản tốt}, {kíp mổ có mặt sau <12-30> phút|may mắn còn trong thời gian vàng}.',
        '{Niềm vui vỡ òa khi ngón tay đầu tiên nhúc nhích|Người bệnh bật khóc vì hạnh phúc}, <bac-si> kể.',
      ],
    },
  ],
  details: [
    '{Kỹ thuật này đòi hỏi|Can thiệp loại này cần} {phòng mổ đạt chuẩn áp lực dương|hệ thống chụp mạch số hóa xóa nền} và nhân lực được đào tạo từ <6-18> tháng.',
    'Mỗi năm {khoa|đơn vị} tiếp nhận khoảng <400-2600> lượt người bệnh {có chỉ định tương tự|thuộc nhóm bệnh này}.',
    '{Bác sĩ tuyến trung ương|Chuyên gia tuyến cuối} đã {hỗ trợ từ xa|trực tiếp cầm tay chỉ việc} trong <2-6> ca đầu.',
    'Chi phí {được quỹ bảo hiểm y tế chi trả theo mức hưởng|thấp hơn khoảng <10-40>% so với đi tuyến cuối}.',
    'Theo y văn, {thời gian vàng là <3-6> giờ đầu|tỷ lệ biến chứng dao động <1-5>%}, {tùy thể trạng từng người|phụ thuộc bệnh nền}.',
    'Kíp gây mê {dùng phương pháp giảm đau đa mô thức|theo dõi độ mê liên tục} trong suốt quá trình can thiệp.',
    '{Thiết bị mới|Hệ thống máy} được đầu tư từ {nguồn vốn trung hạn|quỹ phát triển sự nghiệp} và {vận hành từ quý trước|nghiệm thu hồi tháng trước}.',
  ],
};
