/** The 34 provinces and cities in force since 1 July 2025 (Resolution 202/2025/QH15); the places are real. */
export interface Place {
  readonly name: string;
  readonly isCity: boolean;
}

const CITIES = ['Hà Nội', 'Hải Phòng', 'Huế', 'Đà Nẵng', 'TP.HCM', 'Cần Thơ'];
const PROVINCES = [
  'Cao Bằng',
  'Tuyên Quang',
  'Điện Biên',
  'Lai Châu',
  'Sơn La',
  'Lào Cai',
  'Thái Nguyên',
  'Lạng Sơn',
  'Quảng Ninh',
  'Bắc Ninh',
  'Phú Thọ',
  'Hưng Yên',
  'Ninh Bình',
  'Thanh Hóa',
  'Nghệ An',
  'Hà Tĩnh',
  'Quảng Trị',
  'Quảng Ngãi',
  'Gia Lai',
  'Khánh Hòa',
  'Đắk Lắk',
  'Lâm Đồng',
  'Đồng Nai',
  'Tây Ninh',
  'Đồng Tháp',
  'Vĩnh Long',
  'An Giang',
  'Cà Mau',
];

export const PLACES: readonly Place[] = [
  ...CITIES.map((name) => ({ name, isCity: true })),
  ...PROVINCES.map((name) => ({ name, isCity: false })),
];

/** Syllables of which commune names are made; pairs of them sound like many places and mean none. */
export const COMMUNE_FIRST = [
  'Tân',
  'Phú',
  'Bình',
  'An',
  'Hòa',
  'Vĩnh',
  'Thạnh',
  'Mỹ',
  'Long',
  'Đông',
  'Xuân',
  'Yên',
];
export const COMMUNE_SECOND = [
  'Lộc',
  'Thịnh',
  'Sơn',
  'Khê',
  'Hưng',
  'Thành',
  'Trung',
  'Lạc',
  'Điền',
  'Phước',
  'Giang',
];
