import type { TopicTexts } from './topic-texts.ts';

export const FOOD_SAFETY: TopicTexts = {
  topic: 'food-safety',
  section: 'An toàn thực phẩm',
  surroundings: 'events',
  frames: [
    {
      polarity: 'negative',
      title:
        '<12-68> {công nhân|học sinh|thực khách} ở <ten-tinh> {nhập viện|phải cấp cứu} sau bữa {ăn trưa|tiệc cưới|cơm hộp}, nghi ngộ độc <mon-an>',
      summary:
        '{Các nạn nhân đau bụng, nôn|Nhiều người sốt, tiêu chảy} sau khi ăn <mon-an>; {cơ quan chức năng lấy mẫu|cơ sở chế biến ở <xa> bị tạm dừng hoạt động}.',
      body: [
        'Đến chiều <ngay>, còn <5-20> người phải điều trị, {có <1-4> ca mất nước nặng|một số ca phải theo dõi sát}.',
        'Bước đầu xác định {nơi chế biến không bảo đảm vệ sinh|nguyên liệu không rõ nguồn gốc}; {đoàn kiểm tra lập biên bản vi phạm|chủ cơ sở bị xử phạt}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '<ten-tinh> {kiểm tra bếp ăn tập thể|hậu kiểm thực phẩm chức năng|lấy mẫu giám sát chợ đầu mối} dịp cuối {tháng|quý}',
      summary:
        '{Đoàn liên ngành|Chi cục chuyên môn} dự kiến làm việc với <30-160> cơ sở, {lấy <60-300> mẫu|ưu tiên nơi phục vụ đông người}.',
      body: [
        'Nội dung gồm {hồ sơ nguồn gốc|sổ kiểm thực ba bước}, {điều kiện bảo quản|lưu mẫu thức ăn 24 giờ} và {khám sức khỏe người chế biến|nước dùng trong bếp}.',
        'Kết quả {công khai trên trang của <syt>|tổng hợp trước ngày <20-28>}, {địa phương chủ động xử lý theo thẩm quyền|báo cáo Cục An toàn thực phẩm}.',
      ],
    },
    {
      polarity: 'negative',
      title:
        '{Thu giữ|Phát hiện} <120-2400> kg <thuc-pham> {bốc mùi|ngâm hóa chất|không rõ nguồn gốc} tại <xa>, <ten-tinh>',
      summary:
        '{Lô hàng vi phạm|Số thực phẩm bẩn} {chuẩn bị đưa ra chợ|để trong kho lạnh cũ} thì bị {lực lượng liên ngành|quản lý thị trường} phát hiện.',
      body: [
        '{Chủ hàng không xuất trình được hóa đơn|Người quản lý kho khai mua trôi nổi}; {mẫu kiểm nghiệm vượt ngưỡng cho phép|toàn bộ tang vật bị tiêu hủy}.',
        'Cơ quan chức năng {tiếp tục mở rộng xác minh|cảnh báo nguy cơ ngộ độc} và {đề nghị người dân tố giác vi phạm|lập hồ sơ xử phạt}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '{Mô hình|Chuỗi} {chợ an toàn|bếp ăn bán trú kiểu mẫu|rau sạch truy xuất} ở <xa> {được nhân rộng|tạo niềm tin cho người dân}',
      summary:
        'Sau <8-24> tháng, {không có vụ ngộ độc nào|<90-100>% mẫu đạt yêu cầu}, {tiểu thương tự nguyện ký cam kết|phụ huynh yên tâm hơn}.',
      body: [
        '{Mỗi quầy|Mỗi bếp} đều có {mã truy xuất|bảng công khai nguyên liệu}, {người mua hài lòng|khách quay lại nhiều hơn}.',
        '<chuc-danh> đánh giá {đây là cách làm hay|mô hình hiệu quả, ít tốn kém} và {sẽ hỗ trợ <5-15> xã làm theo|khen thưởng các hộ tiêu biểu}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Chọn|Bảo quản} {thực phẩm đông lạnh|rau củ mùa mưa|nước mắm}: {khuyến nghị của cơ quan an toàn thực phẩm <ten-tinh>|đọc nhãn thế nào}',
      summary:
        '{Tờ hướng dẫn gồm <4-9> mục|Buổi nói chuyện thu hút <60-220> người}, {phát tại chợ và siêu thị|có phần hỏi đáp}.',
      body: [
        '{Nên chia nhỏ trước khi cấp đông|Rửa dưới vòi nước chảy}, {ghi ngày lên bao bì|để riêng đồ sống và chín}.',
        'Cán bộ phụ trách {giải thích ký hiệu trên nhãn|chỉ cách quét mã}, {lịch tiếp theo ở <xa-khac>|tài liệu có bản điện tử}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '{Không để xảy ra ngộ độc|An toàn tuyệt đối}: <ten-tinh> {phục vụ chu đáo <12-40> nghìn suất ăn lễ hội|ghi điểm trong mùa du lịch}',
      summary:
        'Nhờ {kiểm soát từ nguồn|trực 24/24}, {du khách hài lòng|mọi suất ăn đạt chuẩn}; {ban tổ chức gửi thư khen|tiểu thương được biểu dương}.',
      body: [
        'Tổ giám sát {có mặt tại từng bếp từ <3-5> giờ sáng|lấy mẫu nhanh tại chỗ}, {<160-900> mẫu đều đạt|phối hợp nhịp nhàng với hộ kinh doanh}.',
        '{Kinh nghiệm quý này|Thành công ấy} sẽ {được nhân rộng ở <xa-khac>|giúp nâng uy tín điểm đến}.',
      ],
    },
  ],
  details: [
    'Người dân nên {chọn nơi bán có giấy chứng nhận|kiểm tra hạn dùng và nhãn phụ} trước khi mua <mon-an>.',
    'Theo chuyên gia dinh dưỡng, <mon-an> {cần bảo quản dưới <4-8> độ C|không nên để quá <2-4> giờ ở nhiệt độ phòng}.',
    '{Xét nghiệm nhanh|Bộ test nhanh} được dùng cho các chỉ tiêu {hàn the, phẩm màu|nitrit, dư lượng thuốc bảo vệ thực vật}.',
    'Từ đầu năm, <ten-tinh> tổ chức <60-240> {đợt kiểm tra|lớp tập huấn}, với <900-5200> lượt người tham gia.',
    '{Bếp ăn khu công nghiệp|Căng tin trường học} phải {ký hợp đồng nguồn cung rõ ràng|lưu mẫu đủ 24 giờ}.',
    '{Thức ăn đường phố|Hàng rong quanh trường} do cấp xã quản lý, {<xa> hiện có <30-150> điểm bán|thống kê mỗi quý một lần}.',
  ],
};
