import type { TopicTexts } from './topic-texts.ts';

export const MEDICINES: TopicTexts = {
  topic: 'medicines',
  section: 'Dược - Vật tư',
  surroundings: 'events',
  frames: [
    {
      polarity: 'negative',
      title:
        '{Thiếu <thuoc>|Khan hiếm <thuoc>}, {người bệnh ở <ten-tinh> phải tự mua ngoài|nhiều nơi chờ đấu thầu}',
      summary:
        '{Tình trạng thiếu <thuoc>|Việc đứt nguồn cung} kéo dài <3-9> tuần, {người bệnh tốn kém, mệt mỏi|các khoa phải dè sẻn từng đơn}.',
      body: [
        'Tại <co-so>, {kho chỉ còn đủ dùng <3-8> ngày|đơn thuốc bị cắt bớt}; {người nhà phải chạy nhiều nhà thuốc|có người bỏ dở điều trị}.',
        'Nguyên nhân được nêu là {nhà thầu không trúng|gói thầu bị hủy} và {nhà cung cấp chậm giao hàng|giá kế hoạch quá thấp}, {khiến bệnh nhân chịu thiệt|gây khó cho bác sĩ}.',
      ],
    },
    {
      polarity: 'neutral',
      title: '{Gia hạn|Cấp mới} <40-260> số đăng ký lưu hành, {có <thuoc>|trong đó có nhóm <thuoc>}',
      summary:
        '{Danh mục được công bố ngày <ngay>|Quyết định có hiệu lực ngay}, {thời hạn <3-5> năm|các doanh nghiệp phải cập nhật nhãn}.',
      body: [
        '{Theo danh mục|Trong đợt này}, thuốc sản xuất trong nước chiếm <45-75>%, {còn lại là thuốc nhập khẩu|gồm <6-20> sinh phẩm}.',
        'Cơ sở kinh doanh tại <ten-tinh> {tra cứu trên cổng dịch vụ công|đối chiếu số lô trước khi nhập}.',
      ],
    },
    {
      polarity: 'negative',
      title:
        '{Cảnh báo|Thu hồi} lô <thuoc> {không đạt chất lượng|nghi giả} {lưu hành tại <ten-tinh>|bán trên mạng}',
      summary:
        '{Mẫu kiểm nghiệm không đạt chỉ tiêu hàm lượng|Bao bì có dấu hiệu làm giả}; {<syt> yêu cầu ngừng bán|nhà thuốc phải niêm phong và báo cáo}.',
      body: [
        'Lô hàng được phát hiện tại {một quầy thuốc ở <xa>|kho của <co-so>}, {người dùng có thể gặp nguy hiểm|hoạt chất chỉ đạt <30-70>%}.',
        'Cơ quan chức năng {truy nguồn phân phối|phối hợp công an điều tra} và {khuyến cáo không mua thuốc trôi nổi|đề nghị xử lý nghiêm vi phạm}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '<ten-tinh> {tiếp nhận đủ|được bổ sung} <8-90> nghìn liều vaccine {5 trong 1|sởi - rubella|viêm não Nhật Bản}, {gỡ khó cho tiêm chủng|trẻ em không còn phải chờ}',
      summary:
        '{Nguồn cung đã ổn định|Đợt phân bổ sớm hơn kế hoạch <5-15> ngày}, {phụ huynh vui mừng|các trạm tiêm bù thuận lợi}.',
      body: [
        'Vaccine {được bảo quản đúng dây chuyền lạnh|có mặt tại <80-160> trạm}, {trẻ đến lượt đều được tiêm|không còn tình trạng chờ đợi}.',
        '<chuc-danh> cho biết {đây là kết quả của việc chủ động dự trù|mục tiêu bao phủ sẽ đạt sớm}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Đấu thầu tập trung|Mua sắm} {vật tư xét nghiệm|<thuoc>} ở <ten-tinh>: {<14-60> nhà thầu dự gói|mở thầu trong tuần này}',
      summary:
        'Gói thầu trị giá <12-140> tỷ đồng, {chia thành <20-90> phần|thời gian thực hiện <12-24> tháng}; {kết quả công bố trên mạng đấu thầu|hội đồng đang chấm kỹ thuật}.',
      body: [
        '{Hồ sơ mời thầu|Phương án phân lô} {căn cứ nhu cầu của <9-30> đơn vị|dựa trên số dùng năm trước cộng <5-15>%}.',
        '{Đơn vị mua sắm tập trung|Tổ chuyên gia} sẽ {thương thảo với nhà thầu xếp hạng nhất|báo cáo trong <10-25> ngày}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Dược liệu|Cây thuốc} <ten-tinh>: {quy hoạch <120-900> ha vùng trồng|khảo sát <200-700> loài} {theo tiêu chuẩn GACP|cho giai đoạn mới}',
      summary:
        '{Đề án do trường đại học tư vấn|Danh mục có <6-18> cây chủ lực}, {doanh nghiệp bao tiêu một phần|thí điểm ở <xa>}.',
      body: [
        '{Đất đồi ở <xa>|Vùng bãi ở <xa>} phù hợp với {sâm, đinh lăng|nghệ, cà gai leo}, {chu kỳ <2-5> năm|mật độ trồng đang thử nghiệm}.',
        '{Trạm nghiên cứu|Hợp tác xã} {theo dõi hàm lượng hoạt chất|lập nhật ký canh tác}, {báo cáo vào cuối vụ|kết quả chưa công bố}.',
      ],
    },
  ],
  details: [
    '{Nhà thuốc phải liên thông dữ liệu|Mỗi quầy phải có người chuyên môn} và {lưu đơn đối với thuốc kê đơn|ghi nhiệt độ hai lần mỗi ngày}.',
    'Với <thuoc>, người dùng {chỉ dùng theo đơn|không tự ý thay đổi liều}, {báo bác sĩ khi có biểu hiện lạ|đọc kỹ tờ hướng dẫn}.',
    'Trung tâm kiểm nghiệm {lấy <120-700> mẫu mỗi năm|đạt chuẩn GLP từ nhiều năm}, {kết quả trả trong <5-12> ngày|có đoàn lấy mẫu lưu động}.',
    'Tồn kho toàn địa bàn {được báo cáo vào thứ sáu hằng tuần|theo dõi trên phần mềm chung}.',
    'Theo kế hoạch, {thuốc thiết yếu dự trữ tối thiểu <2-4> tháng|vật tư tiêu hao mua theo quý}.',
    '{Hội đồng thuốc và điều trị|Dược sĩ lâm sàng} của <bv> {họp rà soát danh mục|tham gia đi buồng cùng bác sĩ}.',
  ],
};
