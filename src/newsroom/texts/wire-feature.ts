/**
 * One agency text that everybody carries within minutes: its theme is mildly negative, so that a counter which
 * takes copies for news would be alarmed.
 */
export const WIRE_CREDIT = 'Theo Thông tấn Lạc Hồng';

export const WIRE_FEATURE = {
  title: 'Kháng kháng sinh: hiểm họa âm thầm từ tủ thuốc gia đình',
  summary:
    'Thói quen tự mua kháng sinh khiến vi khuẩn nhờn thuốc gia tăng, nhiều ca nhiễm trùng thông thường trở nặng, thậm chí nguy kịch vì không còn thuốc chữa.',
  paragraphs: [
    'Trong ngăn kéo của nhiều gia đình luôn có sẵn vài vỉ kháng sinh dùng dở. Chỉ cần hắt hơi, đau họng, người lớn lấy ra uống hai ba ngày rồi thôi.',
    'Chính sự dễ dãi ấy nuôi dưỡng vi khuẩn kháng thuốc. Kết quả giám sát ở các phòng xét nghiệm cho thấy tỷ lệ vi khuẩn đường ruột không còn đáp ứng với thuốc thế hệ ba đã vượt quá một nửa số mẫu.',
    'Hệ quả là viêm phổi, nhiễm trùng tiểu vốn đơn giản nay phải nằm viện lâu hơn, chi phí cao gấp nhiều lần, có trường hợp không còn thuốc phù hợp.',
    'Các chuyên gia khuyên người dân chỉ dùng kháng sinh khi có đơn, uống đủ liều, đủ ngày, không chia sẻ thuốc và không xin đơn cũ cho lần bệnh mới.',
    'Nhà thuốc cũng cần từ chối bán khi không có đơn. Ở nhiều nước, biện pháp này giúp lượng tiêu thụ giảm rõ rệt sau vài năm.',
    'Mỗi viên kháng sinh dùng sai hôm nay là một cơ hội chữa bệnh mất đi vào ngày mai.',
  ],
} as const;

/** Headlines under which other outlets carry the text; some only change this much. */
export const WIRE_TITLES = [
  'Kháng kháng sinh: hiểm họa âm thầm từ tủ thuốc gia đình',
  'Kháng kháng sinh - hiểm họa âm thầm từ tủ thuốc gia đình',
  'Hiểm họa kháng kháng sinh từ tủ thuốc gia đình',
] as const;
