import type { TopicTexts } from './topic-texts.ts';

/** A planned week of gratitude to health workers: many positive articles on one theme, all expected. */
export const CAMPAIGN_NAME = 'Tuần lễ tri ân thầy thuốc';

export const CAMPAIGN: TopicTexts = {
  topic: 'campaign',
  section: 'Y đức',
  surroundings: 'events',
  frames: [
    {
      polarity: 'positive',
      title: '{Khai mạc|Rộn ràng} Tuần lễ tri ân thầy thuốc tại <ten-tinh>',
      summary:
        'Lễ phát động tôn vinh <40-160> {gương mặt tận tụy|cán bộ y tế tiêu biểu}, mở đầu chuỗi hoạt động đầy ý nghĩa.',
      body: [
        'Sân khấu rợp hoa và những tà áo trắng. Các em nhỏ từng được cứu sống lên tặng hoa cho người đã chăm sóc mình.',
        'Chuỗi hoạt động kéo dài bảy ngày gồm hiến máu, khám miễn phí và đêm nhạc gây quỹ cho người bệnh nghèo.',
      ],
    },
    {
      polarity: 'positive',
      title: 'Hưởng ứng Tuần lễ tri ân thầy thuốc, <320-900> đơn vị máu được trao tặng ở <ten-tinh>',
      summary: 'Nhiều bác sĩ vừa xong ca trực đã xắn tay áo hiến máu, lan tỏa tinh thần sẻ chia.',
      body: [
        'Từ 6 giờ sáng hàng dài người đã chờ đăng ký. Có gia đình ba thế hệ cùng đến, ai cũng tươi cười.',
        'Lượng máu quý giá này giúp ngân hàng máu vững vàng trước mùa cao điểm, tiếp thêm hy vọng cho người bệnh.',
      ],
    },
    {
      polarity: 'positive',
      title: 'Người giữ nhịp tim ở vùng cao: câu chuyện đẹp trong Tuần lễ tri ân thầy thuốc',
      summary:
        'Hơn <16-28> năm gắn bó với trạm xá bên suối tại <ten-tinh>, vị y sĩ được bà con thương như ruột thịt.',
      body: [
        'Mùa lũ, ông lội suối mang thuốc; mùa rét, ông ủ ấm trẻ sơ sinh trong áo khoác của mình.',
        'Nhận bằng khen, người thầy thuốc già chỉ nói: còn sức thì còn đi, được dân tin là phần thưởng lớn nhất.',
      ],
    },
    {
      polarity: 'positive',
      title: 'Khám bệnh, cấp thuốc miễn phí cho <800-2400> người trong Tuần lễ tri ân thầy thuốc',
      summary:
        'Đoàn tình nguyện gồm <30-80> y bác sĩ về <xa>, <ten-tinh>, mang theo máy siêu âm và hàng trăm phần quà.',
      body: [
        'Cụ bà 81 tuổi lần đầu được đo loãng xương, móm mém khen các cháu bác sĩ dịu dàng.',
        'Đoàn phát hiện sớm vài chục trường hợp cần theo dõi, hỗ trợ đưa đón lên tuyến trên chu đáo.',
      ],
    },
    {
      polarity: 'positive',
      title: 'Trao giải sáng kiến cải tiến chất lượng nhân Tuần lễ tri ân thầy thuốc',
      summary:
        'Giải nhất thuộc về chiếc xe đẩy thuốc thông minh do điều dưỡng <bv> tự chế, tiết kiệm <2-4> giờ mỗi ngày.',
      body: [
        'Ban giám khảo ấn tượng bởi tính nhân văn: mỗi sáng kiến đều bắt đầu từ một nỗi vất vả của người bệnh.',
        'Hội thi năm nay thu hút số đề tài kỷ lục, nhiều mô hình đã được nhân rộng thành công.',
      ],
    },
    {
      polarity: 'positive',
      title: 'Thiệp cảm ơn của bệnh nhi phủ kín bức tường: món quà Tuần lễ tri ân thầy thuốc',
      summary: 'Hàng trăm nét vẽ ngộ nghĩnh tại <bv> khiến các cô chú áo trắng rưng rưng hạnh phúc.',
      body: [
        'Một tấm thiệp viết: con hết đau rồi, con thương cô y tá nhất. Cô điều dưỡng đọc đi đọc lại, mắt đỏ hoe.',
        'Bức tường sẽ được giữ lại làm góc yêu thương, tiếp thêm động lực cho cả tập thể.',
      ],
    },
    {
      polarity: 'positive',
      title:
        'Đêm nhạc “Áo trắng và nụ cười” khép lại ngày thứ hai của Tuần lễ tri ân thầy thuốc ở <ten-tinh>',
      summary:
        'Các tiết mục do chính bác sĩ, điều dưỡng biểu diễn quyên góp được <400-950> triệu đồng cho bệnh nhân nghèo.',
      body: [
        'Tiếng sáo của một bác sĩ gây mê mở màn trong tràng vỗ tay dài. Khán phòng ấm áp đến phút cuối.',
        'Toàn bộ số tiền sẽ giúp phẫu thuật tim miễn phí cho trẻ em có hoàn cảnh khó khăn.',
      ],
    },
    {
      polarity: 'positive',
      title: 'Nữ hộ sinh đỡ thành công hơn <3-9> nghìn ca sinh được vinh danh tại Tuần lễ tri ân thầy thuốc',
      summary:
        'Người phụ nữ có đôi bàn tay vàng ở <xa>, <ten-tinh> vẫn nhớ tên nhiều em bé chào đời trong đêm bão.',
      body: [
        'Bà con gọi cô bằng cái tên trìu mến: mẹ chung của bản. Nhiều em bé năm xưa nay đã thành sinh viên y khoa.',
        'Cô xúc động nhận kỷ niệm chương và dành tiền thưởng mua nôi cho trạm.',
      ],
    },
    {
      polarity: 'positive',
      title: 'Doanh nghiệp tặng <12-40> máy thở, xe cứu thương hưởng ứng Tuần lễ tri ân thầy thuốc',
      summary:
        'Món quà thiết thực tiếp sức cho các trạm y tế vùng xa của <ten-tinh>, góp phần nâng cao chất lượng cấp cứu.',
      body: [
        'Lễ trao tặng giản dị mà ấm cúng. Đại diện nhà tài trợ nói họ muốn đáp lại những đêm không ngủ của đội ngũ y tế.',
        'Thiết bị được lắp đặt ngay trong tuần, cán bộ được hướng dẫn sử dụng thành thạo.',
      ],
    },
    {
      polarity: 'positive',
      title: 'Sinh viên y khoa đọc lời thề trong Tuần lễ tri ân thầy thuốc: tiếp nối ngọn lửa nghề',
      summary: '<180-420> tân bác sĩ ở <ten-tinh> hứa giữ trọn y đức, nhiều em tình nguyện về vùng khó.',
      body: [
        'Dưới ánh nến, những giọng nói trẻ vang lên trang nghiêm. Các thầy cô tóc bạc đứng dậy vỗ tay tự hào.',
        'Một tân bác sĩ chia sẻ em chọn nghề sau lần được cứu sống thuở nhỏ, nay mong trả ơn cuộc đời.',
      ],
    },
    {
      polarity: 'positive',
      title: 'Phiên chợ 0 đồng cho người bệnh mở cửa nhân Tuần lễ tri ân thầy thuốc',
      summary: 'Gạo, sữa, áo ấm được đội ngũ <bv> chuẩn bị chu đáo, hàng trăm bệnh nhân nghèo vui như Tết.',
      body: [
        'Mỗi người bệnh nhận phiếu chọn món mình cần. Một bác chạy thận nói vui lần đầu đi viện mà được đi chợ.',
        'Các bạn trẻ tình nguyện vừa gói quà vừa hát, tiếng cười rộn rã cả sân bệnh viện.',
      ],
    },
    {
      polarity: 'positive',
      title: 'Lá thư gửi bác sĩ cấp cứu và niềm hạnh phúc mùa Tuần lễ tri ân thầy thuốc ở <ten-tinh>',
      summary: 'Người đàn ông từng ngừng tim <8-20> phút trở lại cảm ơn ê-kíp đã không bỏ cuộc.',
      body: [
        'Ông mang theo cháu nội mới sinh, đặt tên cháu theo tên khoa như lời tri ân trọn đời.',
        'Ê-kíp ngày ấy gặp lại nhau, ôm chầm lấy người bệnh cũ trong niềm vui vỡ òa.',
      ],
    },
  ],
  details: [
    'Ban tổ chức cho biết {hơn <30-120> hoạt động|các sự kiện} được lên lịch suốt tuần, {người dân đăng ký tại trạm y tế|lịch chi tiết có ở cổng thông tin}.',
    'Năm nay {là lần thứ <3-9>|chương trình có chủ đề riêng}, {thu hút <20-90> đơn vị|với sự đồng hành của đoàn viên thanh niên}.',
    '{Nhiều trường học|Các khu phố} {tổ chức viết thư|trồng cây lưu niệm} gửi tới những người chăm sóc sức khỏe.',
    '{Phần thưởng|Kinh phí} {do các tấm lòng hảo tâm đóng góp|trích từ quỹ thi đua}, {công khai trên bảng tin|trao tận tay người nhận}.',
    'Buổi giao lưu {được phát trên đài địa phương|kéo dài <2-4> giờ}, {hơn <200-900> khán giả tham dự|có phần hỏi đáp về nghề}.',
    '{Các gia đình|Thân nhân} của {bác sĩ trực lễ|nhân viên tuyến đầu} {cũng được mời dự|nhận thư cảm ơn từ đồng nghiệp}.',
  ],
};
