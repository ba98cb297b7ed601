/** What stands on every official document, whoever prints it. */
import type { OfficeHeader, PrintedLanguage } from './printed-document.ts';

interface PrintedNames {
  /** Quốc hiệu and tiêu ngữ. */
  readonly state: string;
  readonly motto: string;
  readonly number: string;
  readonly recipients: string;
  /** `Hà Nội, ngày 05 tháng 02 năm 2026`. */
  readonly placeAndDay: (place: string, day: string) => string;
}

/**
 * In Vietnamese as Nghị định 30/2020/NĐ-CP words them: days below ten and the first two months have a zero before them.
 *
 * @see Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II
 */
export const PRINTED_NAMES: Readonly<Record<PrintedLanguage, PrintedNames>> = {
  vi: {
    state: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    motto: 'Độc lập - Tự do - Hạnh phúc',
    number: 'Số:',
    recipients: 'Nơi nhận:',
    placeAndDay(place, day) {
      const [year = '', month = '', date = ''] = day.split('-');
      const named = Number(month) > 2 ? String(Number(month)) : month;
      return `${beforeDay(place)}ngày ${date} tháng ${named} năm ${year}`;
    },
  },
  en: {
    state: 'SOCIALIST REPUBLIC OF VIET NAM',
    motto: 'Independence - Freedom - Happiness',
    number: 'No.:',
    recipients: 'Recipients:',
    placeAndDay: (place, day) => `${beforeDay(place)}${day.split('-').reverse().join('/')}`,
  },
};

function beforeDay(place: string): string {
  return place === '' ? '' : `${place}, `;
}

/** `Số: 12/ĐB-VP`; dots where the number is to be written by hand. */
export function printedNumber({ number }: Pick<OfficeHeader, 'number'>, lang: PrintedLanguage): string {
  return `${PRINTED_NAMES[lang].number} ${number === '' ? '……/……' : number}`;
}

/** `- Lưu: VT.`: a line of the recipients as it is printed, the last one with a full stop. */
export function recipientLine(recipient: string, isLast: boolean): string {
  return `- ${recipient.replace(/[.;,\s]+$/, '')}${isLast ? '.' : ';'}`;
}
