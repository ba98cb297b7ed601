/** One newsroom's own text about the crisis, in the order in which the matter grows. */
interface CrisisText {
  readonly outletId: string;
  readonly title: string;
  readonly summary: string;
  readonly paragraphs: readonly string[];
}

/** Invented; the province of the texts, Thanh Hóa, is real and knows no such place. */
export const CRISIS_FACILITY = 'Bệnh viện Đa khoa Sông Mai';
/** All that the texts call it, the longest first. */
export const CRISIS_NAMES = [CRISIS_FACILITY, 'Bệnh viện Sông Mai', 'Sông Mai'];
export const CRISIS_PROVINCE = 'Thanh Hóa';

/** Twelve texts by ten outlets: a complaint, a second voice, the hospital's word, the ministry, the police. */
export const CRISIS_TEXTS: readonly CrisisText[] = [
  {
    outletId: 'ham-rong-ngay-moi',
    title: 'Người nhà tố Bệnh viện Đa khoa Sông Mai tắc trách khiến sản phụ tử vong',
    summary:
      'Gia đình sản phụ 29 tuổi ở Thanh Hóa cho rằng kíp trực chậm xử trí suốt nhiều giờ, đến khi mổ cấp cứu thì đã muộn.',
    paragraphs: [
      'Sáng nay, nhiều người thân của sản phụ tập trung trước cổng Bệnh viện Đa khoa Sông Mai (tỉnh Thanh Hóa), yêu cầu làm rõ cái chết của chị. Họ mang theo di ảnh và đơn khiếu nại viết tay.',
      'Theo người chồng, vợ anh vào viện lúc 21 giờ đêm hôm trước với thai đủ tháng, đau bụng dữ dội. Gia đình bốn lần gọi bác sĩ nhưng chỉ có nữ hộ sinh đến đo tim thai rồi bảo chờ.',
      'Khoảng 3 giờ sáng, sản phụ tím tái, được đưa vào phòng mổ. Cháu bé được cứu, còn người mẹ không qua khỏi.',
      'Phía bệnh viện cho biết đang tổng hợp hồ sơ và chưa trả lời thêm.',
    ],
  },
  {
    outletId: 'nhat-bao-phu-sa',
    title: 'Sản phụ tử vong sau sinh ở Thanh Hóa, gia đình khiếu nại Bệnh viện Đa khoa Sông Mai',
    summary:
      'Người thân bức xúc vì không được giải thích nguyên nhân; bệnh viện nói “sản phụ diễn biến quá nhanh” và sẽ họp hội đồng chuyên môn.',
    paragraphs: [
      'Đơn khiếu nại gửi đến tòa soạn trưa nay kể lại sáu giờ cuối của sản phụ tại khoa Sản, Bệnh viện Đa khoa Sông Mai. Gia đình nói họ đã xin chuyển tuyến từ nửa đêm nhưng bị từ chối.',
      'Đại diện bệnh viện xác nhận có ca tử vong, mô tả bệnh cảnh nghi thuyên tắc ối và khẳng định hồ sơ đã được niêm phong.',
      'Một bác sĩ sản khoa không làm việc tại đây nhận định, thuyên tắc ối hiếm và nguy kịch, song việc theo dõi tim thai, huyết áp phải được ghi đầy đủ từng mốc.',
      'Chính quyền địa phương đã đến chia buồn, vận động gia đình lo hậu sự.',
    ],
  },
  {
    outletId: 'duyen-hai-chieu',
    title: 'Sau vụ sản phụ chết tại Bệnh viện Sông Mai, thêm một gia đình lên tiếng tố cáo',
    summary:
      'Một phụ nữ kể con trai sơ sinh của chị tử vong tại Bệnh viện Đa khoa Sông Mai ba tháng trước, đơn gửi đi nhưng không được hồi âm.',
    paragraphs: [
      'Đọc tin về sản phụ xấu số, chị H. gọi cho chúng tôi trong nước mắt. Ba tháng trước, con chị ngạt khi chào đời ở chính khoa Sản ấy.',
      '“Tôi đã hỏi vì sao không mổ sớm hơn. Không ai trả lời”, chị nói và đưa ra bản chụp đơn có dấu tiếp nhận của Bệnh viện Đa khoa Sông Mai.',
      'Hai gia đình đang nhờ luật sư, đề nghị cơ quan chức năng Thanh Hóa xem xét cả hai trường hợp như dấu hiệu sai sót lặp lại.',
    ],
  },
  {
    outletId: 'dong-thoi-dai',
    title: 'Bệnh viện Đa khoa Sông Mai bị tố bỏ mặc sản phụ: camera hành lang nói gì?',
    summary:
      'Đoạn ghi hình dài 40 phút cho thấy người nhà nhiều lần gõ cửa phòng trực lúc rạng sáng mà không có người ra.',
    paragraphs: [
      'Phóng viên đã xem video do gia đình nạn nhân cung cấp. Từ 1 giờ 12 phút đến 1 giờ 52 phút, người chồng năm lần chạy tới phòng trực, hai lần quỳ xuống trước cửa.',
      'Video gây phẫn nộ trên mạng xã hội với hàng chục nghìn lượt chia sẻ. Nhiều người kể trải nghiệm tồi tệ tại cùng cơ sở.',
      'Lãnh đạo Bệnh viện Đa khoa Sông Mai nói kíp trực lúc đó đang mổ một ca khác, đồng thời thừa nhận “có thiếu sót trong khâu trực gác”.',
      'Luật sư của gia đình cho rằng cần trưng cầu giám định pháp y độc lập.',
    ],
  },
  {
    outletId: 'thoi-bao-hai-dang',
    title: 'Sở Y tế Thanh Hóa lập đoàn kiểm tra vụ tử vong tại Bệnh viện Đa khoa Sông Mai',
    summary:
      'Đoàn gồm chuyên gia sản khoa, gây mê và pháp chế sẽ làm việc ba ngày, trọng tâm là quy trình trực cấp cứu đêm.',
    paragraphs: [
      'Quyết định thành lập đoàn được ký đầu giờ chiều. Sở Y tế Thanh Hóa yêu cầu Bệnh viện Đa khoa Sông Mai giữ nguyên hồ sơ, dữ liệu camera và danh sách trực.',
      'Trước mắt, đoàn xác minh ba điểm: thời điểm báo động đỏ, vì sao chậm hội chẩn, ai quyết định không chuyển tuyến.',
      'Đây là lần thứ hai trong năm cơ sở này bị kiểm tra vì sự cố y khoa nghiêm trọng.',
      'Sở cũng chỉ đạo các bệnh viện trong tỉnh rà soát nhân lực trực đêm, tránh tai biến tương tự.',
    ],
  },
  {
    outletId: 'cuu-long-ban-sang',
    title: 'Cả nước rúng động cái chết của sản phụ: lỗ hổng trực đêm ở Bệnh viện Sông Mai',
    summary:
      'Từ vụ việc ở Thanh Hóa, người bệnh miền Tây cũng lo lắng; chuyên gia nói thiếu bác sĩ trực là hiểm họa thầm lặng.',
    paragraphs: [
      'Cách Thanh Hóa hơn một nghìn cây số, câu chuyện tại Bệnh viện Đa khoa Sông Mai vẫn là đề tài ở nhiều phòng chờ khám thai tại Cần Thơ.',
      'Một nữ hộ sinh hơn 20 năm trong nghề thẳng thắn: đêm đông, một bác sĩ coi hai khoa là chuyện có thật, sơ sẩy là mất người.',
      'Các thai phụ mong mỗi cơ sở công khai số bác sĩ trực và điện thoại nóng để không ai phải kêu cứu vô vọng.',
    ],
  },
  {
    outletId: 'bao-y-tam',
    title: 'Bộ Y tế yêu cầu báo cáo khẩn vụ sản phụ tử vong tại Bệnh viện Đa khoa Sông Mai',
    summary:
      'Văn bản hỏa tốc đề nghị Sở Y tế Thanh Hóa họp hội đồng chuyên môn, báo cáo trước 17 giờ ngày mai và xử lý nghiêm nếu có sai phạm.',
    paragraphs: [
      'Cục chuyên ngành thuộc Bộ Y tế vừa gửi công văn về sự cố tại Bệnh viện Đa khoa Sông Mai, nêu rõ dư luận đặc biệt bức xúc.',
      'Bộ yêu cầu mời chuyên gia tuyến trung ương tham gia hội đồng, kết luận nguyên nhân tử vong, trách nhiệm từng cá nhân và công bố công khai.',
      'Ngành y tế gửi lời chia buồn sâu sắc tới gia quyến, cam kết không bao che.',
    ],
  },
  {
    outletId: 'nhat-bao-phu-sa',
    title: 'Đình chỉ kíp trực đêm sản phụ tử vong ở Bệnh viện Đa khoa Sông Mai',
    summary:
      'Năm nhân viên gồm hai bác sĩ, ba nữ hộ sinh bị tạm đình chỉ công tác 15 ngày để phục vụ xác minh.',
    paragraphs: [
      'Ban giám đốc Bệnh viện Đa khoa Sông Mai ký quyết định lúc 16 giờ. Trưởng khoa Sản bị yêu cầu kiểm điểm.',
      'Tường trình bước đầu cho thấy bác sĩ trực chính rời vị trí gần một giờ, bảng theo dõi chuyển dạ bỏ trống ba ô.',
      'Gia đình nạn nhân nói quyết định đình chỉ là cần thiết nhưng chưa đủ, họ đòi khởi tố vụ án.',
    ],
  },
  {
    outletId: 'xu-doai-hom-nay',
    title: 'Bệnh viện Sông Mai xin lỗi, người nhà sản phụ không chấp nhận bồi thường',
    summary:
      'Buổi đối thoại căng thẳng kéo dài hơn hai giờ kết thúc không thỏa thuận; gia đình từ chối nhận 200 triệu đồng hỗ trợ.',
    paragraphs: [
      'Tại cuộc gặp có sự chứng kiến của chính quyền, đại diện Bệnh viện Đa khoa Sông Mai cúi đầu xin lỗi và đề nghị hỗ trợ mai táng.',
      'Người cha của sản phụ đáp: “Tiền không mua được con tôi. Chúng tôi cần sự thật”. Ông rời phòng họp giữa tiếng khóc của người thân.',
      'Bên ngoài, hàng trăm người hiếu kỳ vây kín cổng, công an Thanh Hóa phải phân luồng giao thông.',
    ],
  },
  {
    outletId: 'thong-tan-lac-hong',
    title: 'Công an Thanh Hóa tiếp nhận tin báo tội phạm liên quan Bệnh viện Đa khoa Sông Mai',
    summary:
      'Cơ quan điều tra thu giữ hồ sơ bệnh án, lấy lời khai kíp trực; kết quả khám nghiệm tử thi dự kiến có sau một tuần.',
    paragraphs: [
      'Nguồn tin từ cơ quan cảnh sát điều tra cho biết đã phân công điều tra viên xác minh dấu hiệu thiếu trách nhiệm gây hậu quả nghiêm trọng tại Bệnh viện Đa khoa Sông Mai.',
      'Mười một người đã được mời làm việc, trong đó có lãnh đạo khoa Sản và bộ phận gây mê.',
      'Viện kiểm sát cùng cấp cử kiểm sát viên giám sát việc tiếp nhận nguồn tin.',
    ],
  },
  {
    outletId: 'y-duoc-so',
    title: 'Nhìn lại quy trình báo động đỏ sản khoa từ sự cố ở Bệnh viện Đa khoa Sông Mai',
    summary:
      'Chuyên gia an toàn người bệnh chỉ ra bốn mắt xích đứt gãy khiến tai biến thành thảm kịch, nhiều nơi có nguy cơ lặp lại.',
    paragraphs: [
      'Tai biến sản khoa không phải lúc nào cũng tránh được, nhưng tử vong do chậm trễ thì có thể. Bốn mắt xích yếu tại Sông Mai gồm phân loại, gọi hỗ trợ, hội chẩn và ghi chép.',
      'Khảo sát của chúng tôi với 30 khoa Sản cho thấy 11 khoa chưa diễn tập báo động đỏ trong năm.',
      'Giới chuyên môn lo ngại nỗi sợ bị kỷ luật sẽ khiến sự cố bị che giấu, càng thêm nguy hiểm cho người bệnh ở Thanh Hóa và các nơi khác.',
    ],
  },
  {
    outletId: 'dong-thoi-dai',
    title: 'Giám đốc Bệnh viện Đa khoa Sông Mai bị tạm dừng điều hành, khoa Sản ngừng nhận ca mới',
    summary:
      'Tối nay, cơ quan quản lý giao phó giám đốc phụ trách; thai phụ đang nằm viện được chuyển sang nơi khác trong lo sợ.',
    paragraphs: [
      'Quyết định được đưa ra sau khi đoàn kiểm tra phát hiện sổ giao ban có dấu hiệu bị sửa. Đây là bước leo thang mới nhất của vụ tử vong gây chấn động Thanh Hóa.',
      'Hai mươi ba thai phụ được xe cứu thương đưa đi trong đêm. Nhiều người hoang mang, có chị bật khóc vì không kịp mang theo đồ đạc.',
      'Bệnh viện Đa khoa Sông Mai hoạt động từ năm 2009, quy mô 320 giường; các khoa còn lại vẫn khám chữa bệnh nhưng vắng người.',
    ],
  },
];
