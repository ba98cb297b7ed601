/** Words that fill the slots of the templates. */
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

export const MOSQUITO_BORNE_DISEASES = ['sốt xuất huyết', 'viêm não Nhật Bản', 'sốt rét', 'chikungunya'];

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

export const RAW_FOODS = [
  'nội tạng bò',
  'chân gà',
  'măng chua',
  'mực khô',
  'giá đỗ',
  'chả cá',
  'tôm nõn',
  'mỡ heo',
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
