import type { TopicTexts } from './topic-texts.ts';

export const KNOWLEDGE: TopicTexts = {
  topic: 'knowledge',
  section: 'Sống khỏe',
  surroundings: 'advice',
  frames: [
    {
      polarity: 'neutral',
      title:
        '{Ăn gì khi bị|Thực đơn một tuần cho người bị|Người bị} {gout|đau dạ dày|mỡ máu|đái tháo đường}: {những điều nên biết|gợi ý từ chuyên gia}',
      summary:
        '{<bac-si> gợi ý|Chuyên gia dinh dưỡng lưu ý} <4-8> nhóm thực phẩm, {cách chia bữa|lượng dùng mỗi ngày} và {thói quen nên giữ|thời điểm uống nước}.',
      body: [
        '{Rau xanh và ngũ cốc nguyên hạt|Cá, đậu và dầu thực vật} nên chiếm {nửa khẩu phần|<30-50>% bữa ăn}, {thịt đỏ chỉ <2-3> bữa một tuần|hạn chế đồ chiên rán}.',
        'Người bệnh {nên ghi nhật ký ăn uống <2-4> tuần|chia <4-6> bữa nhỏ}, {tái khám để điều chỉnh|hỏi bác sĩ trước khi dùng thực phẩm bổ sung}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        '{<4-9> dấu hiệu cần để ý ở tuổi <35-60>|<4-9> thói quen giúp tim khỏe|<3-6> điều nên biết về giấc ngủ}',
      summary:
        '{Theo <bac-si>|Bác sĩ tại <bv> cho biết}, {người trung niên nên kiểm tra sức khỏe mỗi năm|chỉ cần <20-40> phút vận động mỗi ngày}.',
      body: [
        '{Đứng đầu danh sách|Điều đầu tiên} là {mệt kéo dài không rõ lý do|ngủ trước <22-23> giờ}, {tiếp đến là cân nặng thay đổi|sau đó là uống đủ <1-2> lít nước}.',
        '{Không nên tự chẩn đoán qua mạng|Mỗi người có thể trạng riêng}, {hãy ghi lại triệu chứng trước khi đi khám|thay đổi từng bước sẽ bền hơn}.',
      ],
    },
    {
      polarity: 'negative',
      title:
        '{Suýt mất mạng|Nguy kịch|Hoại tử} vì {đắp lá chữa bỏng|tự uống thuốc nam|tiêm chất làm đầy ở <tham-my>}: {lời cảnh báo từ <ten-tinh>|bác sĩ cảnh báo}',
      summary:
        '<nguoi-benh> nhập viện trong tình trạng {nhiễm trùng nặng|suy gan|hôn mê}, {tính mạng bị đe dọa|để lại di chứng}, sau khi {nghe theo lời mách|tin quảng cáo trên mạng}.',
      body: [
        '{Vết thương sưng tấy, chảy mủ|Men gan tăng <20-60> lần}, {các bác sĩ phải mổ cấp cứu|phải lọc máu liên tục}; {tổn thương khó hồi phục|chi phí rất tốn kém}.',
        '<bac-si> {khuyến cáo tuyệt đối không làm theo mẹo truyền miệng|cho biết đây không phải ca đầu tiên trong tháng}.',
      ],
    },
    {
      polarity: 'positive',
      title:
        '{Bài tập <10-20> phút|Câu lạc bộ dưỡng sinh} ở <xa> {giúp <200-900> người khỏe hơn|được người cao tuổi yêu thích}',
      summary:
        '{Sau <6-18> tháng|Duy trì đều đặn}, {huyết áp nhiều người ổn định|giấc ngủ cải thiện rõ rệt}, {tinh thần vui vẻ|gắn kết xóm giềng}.',
      body: [
        '“{Từ ngày tập, tôi bớt hẳn đau lưng|Sáng nào cũng mong đến giờ tập}”, {một hội viên <65-82> tuổi|bác tổ trưởng} {hào hứng kể|cười tươi nói}.',
        '<ttyt> {cử điều dưỡng hướng dẫn|tặng máy đo huyết áp}, {mô hình lan ra <4-15> khu dân cư|được khen thưởng cuối năm}.',
      ],
    },
    {
      polarity: 'neutral',
      title:
        'Khi nào {trẻ sốt|người già bị ngã|đau ngực} cần {gọi cấp cứu 115|đến bệnh viện ngay}? {Bác sĩ hướng dẫn|Những điều cần nhớ}',
      summary:
        '{Gia đình cần biết <3-6> bước xử trí|Bài viết tóm tắt các mốc thời gian}, {theo hướng dẫn của <bac-si>|do <bv> biên soạn}.',
      body: [
        'Trước hết {đặt người bệnh nằm nghiêng, nới quần áo|đo nhiệt độ và nhịp thở}, {không cho ăn uống|ghi lại giờ khởi phát}.',
        '{Số điện thoại cấp cứu nên dán ở nơi dễ thấy|Túi thuốc gia đình cần kiểm tra hạn mỗi <3-6> tháng}, {ai cũng nên học sơ cứu một lần|các xã ở <ten-tinh> mở lớp miễn phí}.',
      ],
    },
  ],
  details: [
    'Theo Tổ chức Y tế Thế giới, {người trưởng thành nên vận động ít nhất 150 phút mỗi tuần|lượng muối không nên quá 5 gram mỗi ngày}.',
    '{Khám định kỳ <6-12> tháng một lần|Tiêm nhắc đúng lịch} {giúp chủ động hơn|được khuyên cho mọi lứa tuổi}.',
    'Khung giờ phù hợp để tập là {<5-6> đến <7-8> giờ sáng|cuối chiều, khi trời dịu}, {tránh tập ngay sau bữa ăn|khởi động <5-10> phút}.',
    '{Giấc ngủ trưa <15-30> phút|Một cốc nước ấm buổi sáng} là {thói quen đơn giản|lựa chọn của nhiều người}.',
    '{Trẻ em cần <9-11> giờ ngủ|Người cao tuổi nên ngủ <6-8> giờ}, {phòng ngủ tối và yên tĩnh|không dùng điện thoại trước khi ngủ}.',
    'Nhóm có bệnh nền {nên hỏi ý kiến bác sĩ trước|mang theo sổ khám} khi {thay đổi chế độ ăn|đi du lịch dài ngày}.',
  ],
};
