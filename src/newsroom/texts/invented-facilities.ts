/** Facilities that bear the blame in negative stories. All are invented: no place of these names exists. */
export const INVENTED_CLINICS = [
  'Phòng khám đa khoa Hồng Lam Việt',
  'Phòng khám đa khoa Mộc Tâm Đường',
  'Bệnh viện Đa khoa Tân Lộc Phú',
  'Bệnh viện Đa khoa Ngã Ba Thông',
  'Phòng khám chuyên khoa An Hạ Sơn',
  'Bệnh viện Đa khoa Bến Sim',
  'Phòng khám đa khoa Cầu Gạo Mới',
  'Bệnh viện Đa khoa Rạch Dừa Nước',
  'Phòng khám đa khoa Lúa Vàng Sáu',
  'Bệnh viện Đa khoa Đồi Chè Xanh',
  'Bệnh viện Đa khoa Kênh Mười Hai',
  'Phòng khám đa khoa Sao Hôm',
  'Bệnh viện Đa khoa Suối Ngàn Hoa',
  'Phòng khám đa khoa Gió Lào Mới',
  'Bệnh viện Đa khoa Cồn Én Trắng',
  'Phòng khám đa khoa Thuyền Nan',
];

export const INVENTED_BEAUTY_SALONS = [
  'Thẩm mỹ viện Diệp Vân Kiều',
  'Thẩm mỹ viện Ngọc Lụa Hồng',
  'Thẩm mỹ viện Trăng Non Tím',
  'Thẩm mỹ viện Sen Bạc Sáu',
  'Thẩm mỹ viện Mây Hạ Lan',
  'Thẩm mỹ viện Gương Thần Mới',
];
