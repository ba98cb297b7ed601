/** News of other sections, with words that tempt a naive filter: none of it concerns the health sector. */
interface OtherNews {
  readonly section: string;
  readonly title: string;
  readonly summary: string;
  readonly paragraphs: readonly string[];
}

export const OTHER_NEWS: readonly OtherNews[] = [
  {
    section: 'Kinh doanh',
    title: 'Sức khỏe tài chính của doanh nghiệp bất động sản cải thiện trong quý ba',
    summary:
      'Dòng tiền bán hàng phục hồi, nợ vay giảm giúp sức khỏe tài chính của nhiều công ty niêm yết bớt căng thẳng.',
    paragraphs: [
      'Báo cáo của nhóm công ty niêm yết cho thấy tổng nợ vay giảm 7% so với đầu năm, hàng tồn kho giảm quý thứ hai liên tiếp.',
      'Giới phân tích cho rằng sức khỏe tài chính còn phụ thuộc vào lãi suất và tiến độ pháp lý của các dự án.',
      'Cổ phiếu ngành này tăng bình quân 3,2% trong tuần.',
    ],
  },
  {
    section: 'Thể thao',
    title: 'Tiền đạo chủ lực chấn thương, đội bóng phố biển đau đầu trước vòng 9',
    summary: 'Chân sút số một nghỉ thi đấu ba tuần, ban huấn luyện phải tính lại sơ đồ tấn công.',
    paragraphs: [
      'Buổi tập chiều qua, cầu thủ này rời sân sớm. Ban huấn luyện xác nhận anh lỡ ba trận tới.',
      'Đội bóng phố biển đang đứng thứ tư, kém đội đầu bảng năm điểm. Trận gặp nhà vô địch mùa trước diễn ra tối chủ nhật.',
      'Người hâm mộ đã mua hết vé khán đài B.',
    ],
  },
  {
    section: 'Kinh doanh',
    title: 'Ngân hàng “bắt bệnh” nợ xấu, kê đơn cho doanh nghiệp nhỏ',
    summary: 'Gói tín dụng mới đi kèm tư vấn quản trị, lãi suất thấp hơn thị trường 1,5 điểm phần trăm.',
    paragraphs: [
      'Lãnh đạo ngân hàng ví von mỗi khoản vay cần được khám tổng quát trước khi giải ngân.',
      'Doanh nghiệp xuất khẩu gỗ, dệt may là nhóm được ưu tiên trong đợt đầu với tổng hạn mức năm nghìn tỷ đồng.',
    ],
  },
  {
    section: 'Giải trí',
    title: 'Phim mới về tuổi học trò thu 40 tỷ đồng sau ba ngày',
    summary: 'Câu chuyện tình bạn ở thị trấn ven sông chinh phục khán giả trẻ, dẫn đầu phòng vé cuối tuần.',
    paragraphs: [
      'Rạp kín chỗ từ suất chiếu sớm. Âm nhạc hoài niệm và cảnh quay mùa nước nổi được khen ngợi.',
      'Đoàn phim đang giao lưu ở các trường đại học, dự kiến phát hành tại ba nước láng giềng.',
    ],
  },
  {
    section: 'Giao thông',
    title: 'Thông xe cầu vượt sông, rút ngắn 20 km đường về trung tâm',
    summary: 'Công trình dài 1,8 km có bốn làn xe, hoàn thành sớm hai tháng so với kế hoạch.',
    paragraphs: [
      'Từ sáng nay, xe tải dưới 25 tấn được phép lưu thông. Phà cũ dừng hoạt động sau 32 năm.',
      'Hai đầu cầu sẽ có khu công nghiệp và bến xe mới, kỳ vọng kéo giảm chi phí vận chuyển nông sản.',
    ],
  },
  {
    section: 'Nông nghiệp',
    title: 'Giá cà phê lập đỉnh mới, nhà vườn giữ hàng chờ lên tiếp',
    summary: 'Thương lái trả 128 nghìn đồng một kg, nguồn cung cuối vụ khan hiếm.',
    paragraphs: [
      'Ở các huyện trồng cà phê, kho của đại lý gần như trống. Nông dân nói họ chỉ bán cầm chừng để mua phân bón.',
      'Xuất khẩu mười tháng tăng 36% về giá trị dù lượng giảm nhẹ.',
    ],
  },
  {
    section: 'Công nghệ',
    title: 'Điện thoại gập ba lần mở bán: pin khỏe, giá gây sốc',
    summary: 'Máy dày 3,6 mm khi mở, màn hình 10 inch, giá bằng một chiếc xe tay ga cao cấp.',
    paragraphs: [
      'Bản lề mới chịu được 500 nghìn lần gập. Nhà sản xuất tặng gói thay màn hình một lần trong hai năm.',
      'Cửa hàng đầu tiên bán hết 120 máy sau 40 phút.',
    ],
  },
  {
    section: 'Pháp luật',
    title: 'Xét xử đường dây trộm cắp xe máy liên tỉnh',
    summary:
      'Mười hai bị cáo gây ra 64 vụ trộm, tổng tài sản gần hai tỷ đồng, lĩnh án từ hai đến mười bốn năm tù.',
    paragraphs: [
      'Cáo trạng nêu nhóm này dùng vam phá khóa, gửi xe qua nhà xe đường dài để tiêu thụ.',
      'Phiên tòa kéo dài hai ngày, các bị cáo đều thừa nhận hành vi và xin giảm nhẹ hình phạt.',
    ],
  },
  {
    section: 'Du lịch',
    title: 'Mùa săn mây: homestay kín phòng đến hết tháng mười hai',
    summary: 'Lượng khách đặt phòng cuối tuần tăng gấp rưỡi, giá thuê xe máy tăng nhẹ.',
    paragraphs: [
      'Thời điểm đẹp nhất là từ 5 giờ đến 7 giờ sáng. Chủ nhà khuyên khách mang áo ấm và giày đế bám.',
      'Chính quyền xã mở thêm bãi đỗ xe và điểm bán nông sản địa phương.',
    ],
  },
];
