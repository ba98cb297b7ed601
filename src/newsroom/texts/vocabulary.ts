/** Invented private facilities that bear the blame in negative stories. No such place exists. */
export const INVENTED_FACILITIES = [
  'Phòng khám đa khoa Hồng Lam Việt',
  'Phòng khám đa khoa Mộc Tâm Đường',
  'Bệnh viện Đa khoa Tân Lộc Phú',
  'Bệnh viện Đa khoa Ngã Ba Thông',
  'Thẩm mỹ viện Diệp Vân Kiều',
  'Phòng khám chuyên khoa An Hạ Sơn',
  'Bệnh viện Đa khoa Bến Sim',
  'Phòng khám đa khoa Cầu Gạo Mới',
];

export const INFECTIOUS_DISEASES = [
  'sốt xuất huyết',
  'tay chân miệng',
  'sởi',
  'cúm A',
  'ho gà',
  'thủy đậu',
  'viêm não Nhật Bản',
  'bạch hầu',
  'sốt mò',
  'viêm gan A',
];

export const MEDICINE_NAMES = [
  'insulin',
  'kháng sinh tiêm',
  'thuốc chống đông',
  'dịch truyền',
  'huyết thanh kháng nọc rắn',
  'thuốc gây mê',
  'hóa chất xét nghiệm',
  'thuốc tim mạch',
];

export const DISHES = [
  'bánh mì kẹp thịt',
  'gỏi cuốn',
  'chả lụa',
  'nem chua',
  'cá nục kho',
  'xôi gà',
  'bún riêu',
  'giò thủ',
  'nội tạng bò',
  'măng chua',
];

export const DEPARTMENTS = [
  'Nhi',
  'Tim mạch',
  'Nội tiết',
  'Hồi sức',
  'Ngoại tổng hợp',
  'Dinh dưỡng',
  'Truyền nhiễm',
];

/** By-lines: initials and desks, never a person. */
export const BYLINES = [
  'P.V',
  'N.H',
  'T.L',
  'Nhóm phóng viên',
  'Ban Thời sự',
  'Ban Sức khỏe',
  'L.T',
  'H.A',
  'CTV',
  'M.Q',
];
