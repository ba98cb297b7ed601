import type { TopicTexts } from './topic-texts.ts';

export const POLICY: TopicTexts = {
  topic: 'policy',
  section: 'Chính sách y tế',
  surroundings: 'events',
  frames: [
    {
      polarity: 'neutral',
      title:
        '{Bộ Y tế lấy ý kiến|Lấy ý kiến rộng rãi|Bắt đầu lấy ý kiến} dự thảo thông tư về {hồ sơ bệnh án điện tử|kê đơn thuốc ngoại trú|định mức nhân lực trạm y tế}',
      summary:
        'Dự thảo gồm <12-38> điều, {dự kiến áp dụng từ đầu năm tới|lấy ý kiến đến hết tháng sau}; {các cơ sở khám chữa bệnh tại <tinh> được đề nghị góp ý bằng văn bản|<syt> đã chuyển dự thảo tới các đơn vị trực thuộc}.',
      body: [
        '{Theo tờ trình kèm dự thảo|Tờ trình nêu rõ|Cơ quan soạn thảo cho biết}, {quy định hiện hành đã áp dụng <6-12> năm|nhiều điều khoản không còn phù hợp với mô hình chính quyền hai cấp} nên cần được thay thế.',
        'Các đơn vị tại <ten-tinh> có <15-45> ngày để gửi góp ý, {trọng tâm là lộ trình và kinh phí|tập trung vào phần phụ lục kỹ thuật}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '<ten-tinh> ban hành kế hoạch {phát triển y tế đến năm 2030|chuyển đổi số ngành y tế|bảo vệ và chăm sóc sức khỏe người cao tuổi}',
      summary:
        '{Kế hoạch đặt <8-16> chỉ tiêu|Văn bản nêu <8-16> nhóm nhiệm vụ}, giao <syt> {làm đầu mối|chủ trì, phối hợp các xã, phường} và {báo cáo định kỳ hằng quý|sơ kết sau một năm}.',
      body: [
        'Theo kế hoạch, đến cuối giai đoạn, {tỷ lệ|số} người dân được {quản lý sức khỏe|lập hồ sơ sức khỏe điện tử} tại <ten-tinh> đạt <80-95>%.',
        '{Nguồn lực thực hiện|Kinh phí} được {lồng ghép từ các chương trình|cân đối trong dự toán hằng năm}, {không phát sinh biên chế|ưu tiên địa bàn còn khó khăn}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '{Người dân <xa> hưởng lợi|Thêm nhiều người dân <ten-tinh> hưởng lợi} từ {chính sách khám sức khỏe miễn phí|nghị quyết hỗ trợ khám bệnh định kỳ}',
      summary:
        'Sau <3-8> tháng triển khai, <1200-9800> người {đã được khám, tư vấn miễn phí|được lập hồ sơ và tư vấn}, {nhiều ca bệnh được phát hiện sớm|người dân phấn khởi, yên tâm}.',
      body: [
        '{Đoàn khám lưu động|Các tổ y tế} đã về tận {thôn, bản|khu dân cư} của <xa>, giúp {người cao tuổi không phải đi xa|hộ khó khăn tiếp cận dịch vụ thuận lợi hơn}.',
        '<chuc-danh> đánh giá chính sách {đi vào cuộc sống|mang lại hiệu quả thiết thực} và được {người dân đồng tình|cơ sở hưởng ứng tích cực}.',
      ],
    },
    {
      polarity: 'negative',
      title:
        '{Chậm giải ngân|Vướng thủ tục}, {dự án xây trạm y tế|gói nâng cấp trang thiết bị} ở <ten-tinh> {ì ạch|có nguy cơ lỡ hẹn}',
      summary:
        'Đến <ngay> {mới giải ngân được <8-29>% vốn|nhiều hạng mục còn dang dở}; {người dân <xa> bức xúc vì phải chờ đợi|địa phương bị nhắc nhở vì chậm trễ}.',
      body: [
        'Công trình tại <xa> {khởi công đã <14-30> tháng|thi công cầm chừng}, {tường bao xuống cấp|thiết bị để trong kho}, gây {lãng phí|bức xúc trong nhân dân}.',
        '{Báo cáo giám sát|Đoàn giám sát} chỉ ra {năng lực nhà thầu yếu kém|khâu giải phóng mặt bằng bế tắc} và yêu cầu {làm rõ trách nhiệm|kiểm điểm đơn vị chậm trễ}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        'Từ {tháng tới|quý sau}, {giấy chuyển tuyến có giá trị cả năm với một số bệnh|cơ sở y tế phải công khai giá dịch vụ trên cổng thông tin}: những điểm cần biết',
      summary:
        '{Quy định mới được phổ biến tại hội nghị ở <ten-tinh>|<syt> vừa hướng dẫn quy định mới}, {nêu rõ đối tượng và hồ sơ|kèm mẫu biểu và thời hạn chuyển tiếp}.',
      body: [
        'Người dân {chỉ cần mang căn cước|có thể tra cứu trên ứng dụng định danh}; {trường hợp cấp cứu không thay đổi|hồ sơ đã nộp trước đó tiếp tục được giải quyết}.',
        'Tại hội nghị, đại biểu của <18-60> đơn vị đã {nêu câu hỏi về thời điểm áp dụng|trao đổi cách liên thông dữ liệu}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        'Thu hút {bác sĩ về tuyến xã|nhân lực y tế}: nghị quyết của <ten-tinh> {phát huy hiệu quả|cho quả ngọt}',
      summary:
        '<14-60> bác sĩ {trúng tuyển|về nhận công tác} sau {một năm|hai đợt tuyển}, được hỗ trợ <180-450> triệu đồng; {bộ mặt y tế địa phương khởi sắc|người dân được nhờ}.',
      body: [
        'Bác sĩ trẻ về <xa> {nói điều giữ chân họ là sự quý mến của bà con|phấn khởi vì có nhà công vụ và cơ hội học lên}.',
        '{Chính sách trúng và đúng|Cách làm bài bản} giúp {không còn trạm nào vắng bác sĩ|số ca chuyển tuyến giảm <15-35>%}.',
      ],
    },
    {
      polarity: 'negative',
      title:
        'Phụ cấp {trực chống dịch|ưu đãi nghề} {bị nợ <5-14> tháng|chưa được chi trả}, nhân viên y tế <ten-tinh> {mòn mỏi chờ đợi|kêu cứu}',
      summary:
        '<80-600> {người chưa nhận được tiền|cán bộ bị nợ phụ cấp}, {đời sống khó khăn|nhiều người nản lòng}; {ngân sách đổ lỗi do hồ sơ chậm|các bên đùn đẩy trách nhiệm}.',
      body: [
        '“{Lương thấp, phụ cấp lại treo, chúng tôi kiệt sức|Hứa nhiều lần rồi thất hứa}”, một điều dưỡng ở <xa> bức xúc.',
        '{Văn bản đi lại <4-9> lần|Hồ sơ bị trả nhiều lần}, {chậm trễ kéo dài|gây bất bình trong ngành}.',
      ],
    },
  ],
  details: [
    '{Văn bản|Tài liệu} cũng phân định {thẩm quyền của cấp tỉnh và cấp xã|trách nhiệm của từng đơn vị}, tránh chồng chéo khi thực hiện.',
    '{Tổ công tác|Tổ giúp việc} gồm <7-15> thành viên sẽ {họp hằng tháng|tổng hợp kiến nghị của cơ sở}.',
    'Các trạm y tế được {hướng dẫn cập nhật biểu mẫu|tập huấn trực tuyến} trước ngày <15-28> tháng này.',
    'Một số ý kiến đề nghị {làm rõ khái niệm trong phần giải thích từ ngữ|bổ sung lộ trình cho vùng sâu, vùng xa}.',
    'Hiện <ten-tinh> có <90-180> xã, phường, {mỗi nơi duy trì ít nhất một trạm y tế|phần lớn đã sắp xếp lại điểm trạm}.',
    '{Phần mềm dùng chung|Hệ thống báo cáo trực tuyến} sẽ được mở thêm {mục tra cứu|chức năng đối soát} phục vụ theo dõi tiến độ.',
    '{Hội đồng nhân dân|Cơ quan dân cử} cấp tỉnh dự kiến {giám sát chuyên đề|chất vấn} nội dung này tại kỳ họp gần nhất.',
  ],
};
