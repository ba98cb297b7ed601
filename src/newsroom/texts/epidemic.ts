import type { TopicTexts } from './topic-texts.ts';

export const EPIDEMIC: TopicTexts = {
  topic: 'epidemic',
  section: 'Phòng chống dịch',
  surroundings: 'events',
  frames: [
    {
      polarity: 'negative',
      title: '{Số ca mắc <benh> tăng mạnh|Gia tăng ca mắc <benh>|<benh> diễn biến phức tạp} tại <ten-tinh>',
      summary:
        '{Trong tuần qua|Chỉ trong <5-10> ngày}, <cdc> ghi nhận <40-320> ca mắc <benh>, {tăng <20-90>% so với tuần trước|có <2-9> ca diễn biến nặng}.',
      body: [
        '{Ổ dịch lớn nhất|Điểm nóng} nằm ở <xa>, nơi {dân cư đông đúc, nhà trọ chật chội|người dân còn chủ quan}; {nhiều ca nhập viện muộn|có ca biến chứng nặng}.',
        '{Ngành y tế lo ngại|Cơ quan chuyên môn cảnh báo} {nguy cơ dịch lan rộng|số ca nặng còn tăng} nếu {người dân chủ quan|môi trường sống chậm được xử lý}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '<ten-tinh> {phun hóa chất, diệt bọ gậy|tổng vệ sinh môi trường|lập tổ giám sát} phòng <benh-muoi>',
      summary:
        '{Các đội cơ động|<40-120> tổ dân phố} ra quân tại <xa> và <xa-khac>, {kéo dài đến cuối tháng|kết hợp phát tờ rơi}.',
      body: [
        '{Nhân viên y tế|Cộng tác viên} đến <600-4200> hộ, {lật úp vật chứa nước|kiểm tra bể nước} và hướng dẫn {ngủ màn kể cả ban ngày|đậy kín dụng cụ chứa nước}.',
        'Hóa chất được {cấp từ kho dự trữ của tỉnh|phân bổ theo nguy cơ}, {mỗi điểm phun hai lần, cách nhau một tuần|ưu tiên trường học và chợ}.',
      ],
    },
    {
      polarity: 'positive',
      title: '{Khống chế thành công|Dập tắt} ổ dịch <benh> ở <xa>, <ten-tinh>',
      summary:
        'Sau <14-28> ngày không ghi nhận ca mới, {địa phương kết thúc hoạt động cách ly|ổ dịch được công bố kết thúc}; {toàn bộ người bệnh đã khỏi|học sinh trở lại trường}.',
      body: [
        'Ngay khi có ca đầu tiên, {tổ phản ứng nhanh|<cdc>} đã {truy vết <60-400> người tiếp xúc|khoanh vùng kịp thời}, nhờ đó {dịch không lan ra cộng đồng|chuỗi lây nhiễm được cắt đứt}.',
        '<chuc-danh> {biểu dương lực lượng tuyến đầu|cảm ơn người dân đã phối hợp}, {coi đây là kinh nghiệm quý|khẳng định năng lực phòng dịch đã được nâng lên}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Bước vào mùa|Giao mùa}, ngành y tế <ten-tinh> {khuyến cáo phòng <benh>|lưu ý dấu hiệu của <benh>}',
      summary:
        '<benh> {thường xuất hiện nhiều vào thời điểm này|có chu kỳ <3-5> năm}; người dân {nên theo dõi sốt trong <2-4> ngày đầu|cần giữ vệ sinh nơi ở}.',
      body: [
        '{Dấu hiệu cần lưu ý|Triệu chứng thường gặp} gồm {sốt, đau đầu, mỏi cơ|phát ban, mệt|ho, chảy mũi}; {người bệnh nên đi khám khi sốt cao liên tục|không tự ý truyền dịch tại nhà}.',
        '{Trường học|Cơ sở mầm non} được đề nghị {vệ sinh đồ chơi hằng ngày|đo thân nhiệt đầu giờ} và {báo trạm y tế khi có từ hai trẻ cùng triệu chứng|mở cửa thông thoáng}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        'Tỷ lệ tiêm {vaccine sởi|vaccine bạch hầu|vaccine cúm cho người cao tuổi} ở <ten-tinh> {vượt kế hoạch|đạt <95-99>%}',
      summary:
        '{Sau <4-8> tuần|Kết thúc chiến dịch}, <18-96> nghìn {trẻ|người} được tiêm an toàn, {không ghi nhận phản ứng nặng|miễn dịch cộng đồng được củng cố}.',
      body: [
        '{Điểm tiêm lưu động|Các tổ tiêm} tại <xa> {mở cả cuối tuần|đến từng nhóm trẻ}, {phụ huynh ủng hộ|người dân hưởng ứng nhiệt tình}.',
        'Nhờ {rà soát theo mã định danh|hệ thống nhắc lịch bằng tin nhắn}, {không bỏ sót đối tượng|số trẻ được tiêm bù tăng gấp đôi}.',
      ],
    },
    {
      polarity: 'negative',
      title: '<2-5> {trẻ tử vong|ca tử vong} vì <benh>, <ten-tinh> {nâng mức báo động|ra công điện khẩn}',
      summary:
        '{Các cháu đều chưa tiêm đủ mũi|Người bệnh nhập viện quá muộn}, {diễn tiến rất nhanh|suy hô hấp nặng}; {phụ huynh hoang mang|nguy cơ bùng phát thành dịch lớn}.',
      body: [
        'Tại <xa>, {lớp mẫu giáo phải đóng cửa|khu trọ bị phong tỏa tạm thời}, {gia đình nạn nhân suy sụp|hàng xóm lo sợ}.',
        'Cơ quan y tế {thừa nhận lỗ hổng giám sát|cảnh báo nguy hiểm} và {điều tra dịch tễ khẩn cấp|truy vết khẩn}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Giám sát nước thải|Giám sát hành khách nhập cảnh} {phát hiện sớm mầm bệnh|theo dõi tác nhân hô hấp}: cách làm ở <ten-tinh>',
      summary:
        '<cdc> {lấy <20-80> mẫu mỗi tuần|phối hợp viện nghiên cứu}, {kết quả dùng để dự báo|báo cáo gửi vào thứ hai}.',
      body: [
        '{Thiết bị lấy mẫu tự động|Máy đo thân nhiệt} đặt tại {<3-9> trạm bơm|cửa khẩu và bến xe}, {vận hành ngày hai lần|dữ liệu truyền về máy chủ}.',
        '{Nhóm nghiên cứu|Tổ kỹ thuật} dự kiến {mở rộng thêm <2-6> điểm|công bố số liệu sau <6-12> tháng}.',
      ],
    },
  ],
  details: [
    'Mẫu xét nghiệm được gửi về {viện khu vực|phòng xét nghiệm tuyến tỉnh} và có kết quả sau <24-72> giờ.',
    'Lũy kế từ đầu năm, địa bàn ghi nhận <350-4800> ca, {phân bố ở <12-70> xã, phường|chủ yếu ở nhóm dưới <10-15> tuổi}.',
    '<ttyt> bố trí {khu khám sàng lọc riêng|đường dây nóng trực 24/24 giờ} để tiếp nhận thông tin.',
    '{Theo hướng dẫn của Bộ Y tế|Theo phác đồ hiện hành}, người bệnh {nhẹ được theo dõi tại nhà|được phân tầng ngay khi đến khám}.',
    'Công tác {giám sát dựa vào sự kiện|giám sát trọng điểm} được duy trì tại <6-24> điểm.',
    '{Khí hậu nóng ẩm xen mưa|Mật độ dân cư cao ở khu trọ} là {yếu tố thuận lợi cho mầm bệnh|điều cần tính tới khi lập kế hoạch}.',
    'Tài liệu truyền thông được {dịch ra <2-4> thứ tiếng dân tộc|phát trên loa cơ sở hai buổi mỗi ngày}.',
  ],
};
