import type { TopicTexts } from './topic-texts.ts';

export const POPULATION: TopicTexts = {
  topic: 'population',
  section: 'Dân số',
  surroundings: 'events',
  frames: [
    {
      polarity: 'neutral',
      title:
        'Mức sinh ở <ten-tinh>: {vì sao cặp vợ chồng trẻ ngại sinh con thứ hai|những con số sau <5-10> năm}',
      summary:
        '{Số con trung bình|Tổng tỷ suất sinh} của địa phương là 1,<5-9> con, {ngành dân số lấy ý kiến về chính sách hỗ trợ|các chuyên gia nêu <3-5> nhóm giải pháp}.',
      body: [
        'Khảo sát <600-2400> cặp vợ chồng cho thấy {chi phí nuôi con|chỗ gửi trẻ|thời gian làm việc} là {yếu tố được nhắc đến nhiều nhất|điều được cân nhắc trước tiên}.',
        'Ở <xa>, {tuổi kết hôn trung bình là <25-29>|số trẻ sinh ra trong năm là <120-480>}, {gần như đi ngang ba năm qua|dao động theo năm}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '<2-9> nghìn {phụ nữ mang thai ở <ten-tinh> được sàng lọc trước sinh miễn phí|cặp đôi trẻ ở <ten-tinh> được tư vấn tiền hôn nhân}',
      summary:
        '{Nhờ đề án nâng cao chất lượng dân số|Chương trình được duy trì <3-7> năm}, {tỷ lệ sàng lọc sơ sinh đạt <80-97>%|nhiều bất thường được can thiệp sớm}.',
      body: [
        'Người dân <xa> {được lấy mẫu ngay tại trạm|không mất chi phí đi lại}, {yên tâm chuẩn bị đón con|phấn khởi nhận kết quả qua điện thoại}.',
        '{Đội ngũ cộng tác viên|Viên chức dân số} {gõ từng nhà vận động|lập danh sách theo dõi}, được {chính quyền ghi nhận|người dân quý mến}.',
      ],
    },
    {
      polarity: 'negative',
      title: 'Mất cân bằng giới tính khi sinh ở <ten-tinh> {vẫn ở mức báo động|ngày càng đáng lo ngại}',
      summary:
        'Tỷ số lên tới <112-118> bé trai trên 100 bé gái, {hệ lụy kéo dài nhiều thế hệ|nguy cơ thiếu hụt phụ nữ trong tương lai}.',
      body: [
        'Tại <xa>, {tâm lý trọng nam còn nặng nề|nhiều cặp vợ chồng bị ép sinh con trai}, {hậu quả là sức khỏe người mẹ bị tổn hại|để lại hệ lụy đau lòng}.',
        '{Một số nơi vi phạm quy định|Có cơ sở tư nhân lách luật}, tiết lộ giới tính thai nhi, {bị nhắc nhở, xử phạt|gây bức xúc}.',
      ],
    },
    {
      polarity: 'negative',
      title: '<12-60> cặp tảo hôn trong năm: {nỗi lo|thực trạng buồn} ở <xa>, <ten-tinh>',
      summary:
        '{Nhiều em gái bỏ học lấy chồng sớm|Có em sinh con ở tuổi <14-16>}, {sức khỏe suy kiệt|thai kỳ nguy hiểm}, {đói nghèo nối tiếp đói nghèo|hủ tục khó dẹp bỏ}.',
      body: [
        'Trạm y tế ghi nhận {những ca sinh non, trẻ nhẹ cân|sản phụ tuổi vị thành niên bị tai biến}, {cán bộ dân số bất lực|gia đình giấu giếm}.',
        '{Lễ cưới vẫn lén lút diễn ra|Vận động nhiều lần không thành}, {vi phạm chưa bị xử lý|tương lai các em dang dở}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{Già hóa dân số|Tháng hành động vì người cao tuổi}: <ten-tinh> {lập câu lạc bộ liên thế hệ|khảo sát nhu cầu chăm sóc dài hạn}',
      summary:
        'Địa phương có <80-360> nghìn người cao tuổi, {chiếm <12-19>% dân số|trong đó <8-15>% sống một mình}; {mô hình chăm sóc tại nhà được thí điểm|các xã báo cáo trước cuối quý}.',
      body: [
        '{Câu lạc bộ|Tổ chăm sóc} tại <xa> sinh hoạt {hai tuần một lần|mỗi tháng}, {đo huyết áp, tập dưỡng sinh|trao đổi về dinh dưỡng}.',
        '{Kế hoạch năm tới|Đề án} dự kiến {mở lớp cho người chăm sóc|xây trung tâm ban ngày} với quy mô <20-80> {học viên|chỗ}.',
      ],
    },
  ],
  details: [
    'Kho dữ liệu dân cư {được rà soát hai lần mỗi năm|cập nhật theo mã định danh cá nhân}.',
    '{Chi cục dân số|Phòng dân số} đã phát <3-20> nghìn {tờ gấp|cẩm nang} tại {khu công nghiệp|trường trung học}.',
    'Dịch vụ kế hoạch hóa gia đình {có tại <60-140> trạm y tế|được cung cấp theo ba hình thức}.',
    'Tuổi thọ trung bình của người dân <ten-tinh> là <73-76> tuổi, {số năm sống khỏe khoảng <64-67>|cao hơn mười năm trước}.',
    'Lớp kỹ năng {làm cha mẹ|chăm sóc tuổi dậy thì} mở vào {tối thứ sáu|sáng chủ nhật}, mỗi lớp <25-60> người.',
    '{Đội ngũ cộng tác viên|Mạng lưới thôn bản} nhận phụ cấp {theo nghị quyết của tỉnh|từ ngân sách xã}.',
  ],
};
