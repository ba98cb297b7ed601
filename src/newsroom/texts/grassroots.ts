import type { TopicTexts } from './topic-texts.ts';

export const GRASSROOTS: TopicTexts = {
  topic: 'grassroots',
  section: 'Y tế cơ sở',
  surroundings: 'events',
  frames: [
    {
      polarity: 'positive',
      title: '<tram> {khang trang|đổi thay}: {người dân khám bệnh ngay gần nhà|niềm tin của bà con}',
      summary:
        '{Được đầu tư <3-9> tỷ đồng|Sau nâng cấp}, trạm {có máy siêu âm, xét nghiệm cơ bản|đón <30-90> lượt khám mỗi ngày}, {bà con phấn khởi|giảm hẳn việc vượt tuyến}.',
      body: [
        '{Bà con không còn phải đi <12-40> km|Người cao tuổi được khám tại chỗ}, {thuốc huyết áp cấp đều hằng tháng|cán bộ trạm tận tình nhắc lịch}.',
        'Từ {một bác sĩ kiêm nhiệm|chỗ thiếu máy móc}, trạm nay có <2-4> bác sĩ {gắn bó với xã|luân phiên từ <ttyt>}, {chất lượng nâng lên rõ rệt|được chấm điểm cao}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Sắp xếp trạm y tế|Tổ chức lại mạng lưới trạm} ở <ten-tinh> {sau khi sáp nhập xã|theo mô hình mới}',
      summary:
        '{Phương án giữ nguyên <60-150> điểm trạm|Mỗi xã có một trạm chính và <1-4> điểm trạm}, {nhân sự do cấp xã quản lý|thời gian hoàn thành trước cuối năm}.',
      body: [
        '<syt> {hướng dẫn bàn giao tài sản|đã gửi văn bản đến các xã}, {hồ sơ gồm <5-9> biểu|danh sách nhân lực chốt vào <ngay>}.',
        'Tại <xa>, {hai trạm cũ nhập làm một|trạm cũ thành điểm khám vệ tinh}, {lịch khám niêm yết ở nhà văn hóa|số điện thoại giữ nguyên}.',
      ],
    },
    {
      polarity: 'negative',
      title:
        '{Trạm y tế xuống cấp|Trạm trắng bác sĩ} ở <xa>: {mưa dột, máy hỏng|người dân bỏ trạm lên tuyến trên}',
      summary:
        '{Tường nứt, trần bong|Máy siêu âm hỏng <6-20> tháng}, {nhân viên lần lượt nghỉ việc|người bệnh thiếu thuốc}; {kiến nghị nhiều lần chưa được giải quyết|chính quyền <ten-tinh> thừa nhận khó khăn}.',
      body: [
        'Trong <2-3> năm, <6-40> {nhân viên y tế thôi việc|viên chức xin nghỉ}, vì {thu nhập thấp|áp lực quá lớn}, {khiến hoạt động tê liệt có lúc|để lại khoảng trống khó bù đắp}.',
        '{Người dân <xa> than phiền|Bà con bức xúc} vì {thuốc men thiếu thốn|không có người khám vào cuối tuần}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Bác sĩ trẻ tình nguyện|Luân phiên bác sĩ} về {<xa>|xã biên giới, hải đảo}: {kế hoạch của <ten-tinh>|<24-90> người đăng ký}',
      summary:
        '{Đợt này có <8-30> bác sĩ|Danh sách gồm <8-30> người}, {thời gian công tác <6-24> tháng|chia thành hai đợt}; {chế độ theo quy định hiện hành|chỗ ở do xã bố trí}.',
      body: [
        '{Mỗi bác sĩ phụ trách|Mỗi tổ nhận} <1-3> điểm trạm, {lịch trực luân phiên|nội dung gồm khám và tập huấn}.',
        '<ttyt> {làm đầu mối điều phối|tiếp nhận và phân công}, {tổng kết sau mỗi quý|báo cáo bằng biểu mẫu chung}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '{Cô y sĩ|Anh y tế thôn} ở <xa> {vượt suối đỡ đẻ trong đêm mưa|cứu sống cháu bé bị hóc}: {mẹ tròn con vuông|cả bản biết ơn}',
      summary:
        '{Nhờ xử trí kịp thời tại chỗ|Bằng đôi tay và chiếc đèn pin}, {hai mẹ con bình an|cháu bé đã cười trở lại}; {<ttyt> khen thưởng đột xuất|câu chuyện được lan tỏa}.',
      body: [
        '{Đường sạt, xe không qua được|Sóng điện thoại chập chờn}, {người cán bộ đi bộ <4-11> km|gọi tư vấn từ xa với tuyến trên}, {giữ được bình tĩnh|làm đúng từng bước đã học}.',
        'Gia đình {đặt tên con theo tên ân nhân|mang buồng chuối ra trạm cảm ơn}, {ai cũng xúc động|niềm vui ngập tràn}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Bác sĩ gia đình|Quản lý huyết áp tại trạm}: <ten-tinh> {thí điểm ở <10-40> xã|sơ kết <6-18> tháng}',
      summary:
        '{Mỗi hộ có một sổ theo dõi|Người tham gia được hẹn khám hằng tháng}, {số liệu nhập vào phần mềm|đánh giá độc lập vào năm sau}.',
      body: [
        'Tại <xa>, <300-1500> người {đăng ký|có tên trong danh sách}, {tái khám đúng hẹn khoảng <60-85>%|phần lớn trên 50 tuổi}.',
        '{Gói dịch vụ gồm <12-40> mục|Quy trình chia năm bước}, {chi phí tính trong định suất|do quỹ bảo hiểm thanh toán}.',
      ],
    },
  ],
  details: [
    'Theo bộ tiêu chí quốc gia, <70-98>% số xã của <ten-tinh> {đạt chuẩn|được chấm lại trong năm}.',
    'Mỗi trạm được {giao quản lý <400-1900> người tăng huyết áp, đái tháo đường|cấp <60-180> danh mục thuốc}.',
    'Y tế thôn bản {sinh hoạt chuyên môn hằng tháng|mang túi thuốc và máy đo huyết áp}, mỗi người phụ trách <60-210> hộ.',
    '{Xe khám lưu động|Đội bác sĩ gia đình} {đi theo lịch cố định|ghé <xa-khac> vào thứ tư}, {mỗi lượt khám <60-160> người|có đủ máy siêu âm xách tay}.',
    'Kinh phí thường xuyên của trạm là <180-620> triệu đồng một năm, {chưa gồm lương|tự cân đối phần điện nước}.',
    'Hồ sơ sức khỏe điện tử {đã lập cho <70-96>% dân số|được tra cứu qua ứng dụng}.',
  ],
};
