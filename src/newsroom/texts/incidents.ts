import type { TopicTexts } from './topic-texts.ts';

/** Where crises begin. What is blamed here is invented: no facility of these names exists. */
export const INCIDENTS: TopicTexts = {
  topic: 'incidents',
  section: 'Đường dây nóng',
  surroundings: 'events',
  frames: [
    {
      polarity: 'negative',
      title: '{Người nhà khiếu nại|Gia đình tố} <co-so> {chẩn đoán sai|tắc trách khi cấp cứu} <nguoi-benh>',
      summary:
        '{Theo đơn gửi <syt>|Gia đình ở <xa> phản ánh}, {người bệnh trở nặng sau <2-8> giờ|phải chuyển viện trong nguy kịch}; {cơ sở hẹn trả lời bằng văn bản|cơ quan quản lý yêu cầu giải trình}.',
      body: [
        'Đơn nêu {kíp trực không theo dõi sát|bác sĩ đến muộn}, {hồ sơ có dấu hiệu sửa chữa|gia đình không được giải thích}, khiến người nhà {bức xúc|suy sụp}.',
        '{Hội đồng chuyên môn|Đoàn xác minh} sẽ {làm việc trong <5-12> ngày|niêm phong hồ sơ}, {nếu sai phạm sẽ xử lý nghiêm|kết luận được công khai}.',
      ],
    },
    {
      polarity: 'negative',
      title:
        '{Hành hung|Tấn công|Đe dọa} {điều dưỡng|bác sĩ trực} {ngay tại phòng cấp cứu|lúc nửa đêm} ở <ten-tinh>',
      summary:
        '{Nhân viên y tế bị chấn thương|Nạn nhân hoảng loạn, phải nghỉ trực}, {đối tượng say rượu|người gây rối bị tạm giữ}; {ngành y tế lên án hành vi bạo lực|công an vào cuộc}.',
      body: [
        'Vụ việc xảy ra {khoảng <19-23> giờ ngày <ngay>|rạng sáng <ngay>}, {kẻ gây rối đập phá bàn tiếp đón|camera ghi lại toàn bộ}, {nhiều người bệnh khiếp sợ|kíp trực bị gián đoạn}.',
        '{Công đoàn ngành thăm hỏi|Lãnh đạo đơn vị đề nghị xử lý nghiêm}, {đây là vụ thứ <2-4> trong năm|an ninh được siết lại}.',
      ],
    },
    {
      polarity: 'negative',
      title:
        '<tham-my> {bị phạt <40-180> triệu đồng|bị tước giấy phép <2-6> tháng} vì {hành nghề không phép|quảng cáo sai sự thật|người không chứng chỉ khám bệnh}',
      summary:
        '{Kiểm tra đột xuất|Thanh tra} phát hiện <3-8> vi phạm, {nhiều khách hàng bị biến chứng|có thuốc quá hạn}; {<syt> công khai quyết định xử phạt|buộc tháo gỡ quảng cáo}.',
      body: [
        'Tại thời điểm kiểm tra, {phòng thủ thuật mất vệ sinh|người đứng tên không có mặt}, {sổ sách ghi khống|thiết bị không rõ nguồn gốc}.',
        '{Hai khách ở <xa> phải nhập viện|Một khách tố cáo bị “vẽ bệnh”}, {đòi bồi thường|đề nghị điều tra}, {cơ sở chưa phản hồi|người quản lý né tránh}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Đường dây nóng y tế|Tổ tiếp nhận phản ánh} <ten-tinh> {nhận <60-420> cuộc gọi|trả lời bạn đọc} trong {tháng|quý} qua',
      summary:
        '{Phần lớn hỏi về thủ tục|<60-85>% là hỏi đáp}, {số còn lại chuyển đơn vị liên quan|trung bình phản hồi sau <6-24> giờ}.',
      body: [
        'Các nội dung gồm {giờ khám, giá dịch vụ|chỗ gửi xe, thẻ bảo hiểm}, {được phân loại theo bốn nhóm|ghi vào sổ điện tử}.',
        '{<syt> đăng kết quả xử lý hằng tháng|Đơn vị trực 24/7}, {người gọi được giữ kín danh tính|bảng tổng hợp có tại trang thông tin}.',
      ],
    },
    {
      polarity: 'neutral',
      title: '{Diễn tập|Tập huấn} {báo động đỏ|an toàn người bệnh|ứng phó thảm họa} tại <bv>',
      summary:
        '{Kịch bản giả định <12-40> người cần hỗ trợ|Chương trình dành cho <60-240> nhân viên}, {kéo dài <2-5> giờ|có sự tham gia của 115 và cứu hỏa}.',
      body: [
        '{Ban tổ chức bấm giờ từng khâu|Các tổ phân loại theo màu thẻ}, {rút kinh nghiệm ngay sau đó|ghi hình để làm bài giảng}.',
        'Tài liệu {về báo cáo tự nguyện|về bàn giao ca trực} được phát cho {các khoa|<9-20> đơn vị bạn}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '{Nhặt được của rơi|Tấm lòng người thầy thuốc}: {điều dưỡng|bảo vệ|hộ lý} <bv> trả lại <9-80> triệu đồng {cho người bệnh|bỏ quên ở hành lang}',
      summary:
        '{Chiếc túi nằm dưới ghế chờ được trao trả nguyên vẹn|Số tiền mổ của cả gia đình được trả tận tay}; {câu chuyện đẹp được chia sẻ rộng rãi|đơn vị khen thưởng}.',
      body: [
        'Người nhà {ôm chầm lấy ân nhân|bật khóc vì mừng}: đó là {tiền vay mượn khắp xóm|khoản dành dụm cho ca mổ} của gia đình ở <xa>.',
        '<chuc-danh> {tuyên dương tấm gương người tốt việc tốt|cho rằng sự trung thực là điều quý nhất}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '{Camera minh oan|Gỡ tiếng oan} cho {kíp trực|nữ điều dưỡng} <bv>: {người nhà xin lỗi|tin đồn thất thiệt bị bác bỏ}',
      summary:
        'Hình ảnh trích xuất cho thấy nhân viên {làm đúng quy trình|tận tình từ phút đầu}; {người đăng tin đã gỡ bài|gia đình gửi thư cảm ơn và xin lỗi}.',
      body: [
        'Mọi nghi ngờ {được gỡ bỏ sau buổi đối thoại|tan biến khi hai bên cùng xem lại đoạn ghi hình}, {đôi bên bắt tay vui vẻ|không khí nhẹ nhõm}.',
        '“{Chúng tôi mừng vì sự thật được sáng tỏ|Niềm tin của người bệnh là phần thưởng lớn nhất}”, <chuc-danh> nói.',
      ],
    },
    {
      polarity: 'negative',
      title:
        '{Để quên gạc|Mổ nhầm chân|Trả nhầm kết quả sinh thiết}: <co-so> {thừa nhận sai sót|bị yêu cầu giải trình}',
      summary:
        '<nguoi-benh> {phải mổ lại|đau đớn suốt <2-6> tuần}, gia đình {đòi bồi thường|tố cáo sự cẩu thả}; {<syt> vào cuộc|kíp mổ bị đình chỉ}.',
      body: [
        '{Phim chụp lại cho thấy dị vật|Biên bản bàn giao có sai lệch}, {lỗi kiểm đếm dụng cụ|quy trình an toàn bị bỏ qua}, {hậu quả để lại di chứng|người bệnh suy sụp}.',
        'Phía cơ sở {xin lỗi muộn màng|đề nghị thương lượng}, {người nhà phẫn nộ từ chối|luật sư gửi đơn}.',
      ],
    },
  ],
  details: [
    'Theo quy trình, {hội đồng chuyên môn gồm <5-9> thành viên|biên bản được lập ngay trong ngày}, {các bên ký xác nhận|gửi về cơ quan quản lý}.',
    '<syt> đề nghị {các đơn vị rà soát quy trình trực|người dân gọi số 1900 9095 khi cần phản ánh}.',
    '{Luật Khám bệnh, chữa bệnh|Nghị định hướng dẫn} quy định {thời hạn trả lời <15-30> ngày|cơ sở phải mua bảo hiểm trách nhiệm}.',
    '{Camera được lắp thêm|Lực lượng bảo vệ tăng <2-6> người} tại {khu tiếp đón|sảnh chính}, {kinh phí từ nguồn thu|hoàn thành trong tháng}.',
    'Vụ việc {đang được xác minh thêm|được báo cáo lên cấp trên}, {cơ quan báo chí sẽ tiếp tục thông tin|các bên giữ kín danh tính}.',
    '{Tổ công tác xã hội|Phòng quản lý chất lượng} {ghi nhận ý kiến trong <24-48> giờ|có mặt tại khoa mỗi sáng}.',
  ],
};
