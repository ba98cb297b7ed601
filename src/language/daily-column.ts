/** Columns that come out again and again under one title, and digests that put several events under one. */
import { fold } from './normalise.ts';

const COLUMN =
  /^(?:toan canh|xem nhanh|xo so|ket qua xo so|kqxs|tin tuc|tin nong|tin sang|tin trua|tin toi|ban tin|diem tin|diem bao|thoi su|thoi tiet|du bao thoi tiet|gia vang|gia xang|gia ca phe|gia heo|gia tieu|ty gia|ti gia|lich thi dau|lich truc tiep|lich cup dien|ket qua bong da|bang xep hang|tu vi|tin the gioi|hoi am ban doc)(?![a-z])/u;
/** What dates an issue of one: `17h`, `5/2`, `ngày 6`, `hôm nay`. */
const ISSUE =
  /\d{1,2}h(?!\w)|\d{1,2}[-/.]\d{1,2}|ngay \d|hom nay|sang nay|chieu nay|toi nay|^tin (?:tuc )?(?:sang|trua|chieu|toi) |ngay moi voi/u;

/** True for `Toàn cảnh 17h …`, `Tin tức sáng 9-11 …`, `Giá vàng hôm nay`: one title for every day's issue. */
export function isDailyColumn(title: string): boolean {
  const folded = fold(title);
  return COLUMN.test(folded) && ISSUE.test(folded);
}
