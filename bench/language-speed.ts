/** How many texts a core judges in a second. */
import { loadLanguageOf } from '../src/settings.ts';

/** Texts of the shape that counts: headline, sapo and some 3 kB of body, every one different. */
export function benchSpeed(configDir: string): string {
  const loadedIn = timed(() => loadLanguageOf(configDir));
  const language = loadedIn.value;
  const paragraph =
    'Theo Sở Y tế, bệnh viện tuyến tỉnh đã tiếp nhận thêm nhiều bệnh nhân nhập viện vì sốt xuất huyết, trong đó có ba ca nặng. Bác sĩ cho biết số ca mắc tăng so với cùng kỳ nhưng chưa ghi nhận trường hợp tử vong, thuốc và dịch truyền vẫn bảo đảm. Người dân cần diệt muỗi, ngủ màn và đến cơ sở y tế khi sốt cao. ';
  const texts = Array.from({ length: 1500 }, (_, index) => ({
    title: `Bệnh viện Đa khoa tỉnh cứu sống bệnh nhân thứ ${index} nguy kịch vì sốt xuất huyết`,
    summary: `Sau ${index % 30} ngày điều trị tích cực, bệnh nhân đã hồi phục và được xuất viện. ${paragraph.slice(0, 90)}`,
    body: `Ngày ${index}. ${paragraph.repeat(8)}`,
  }));
  const bytes = Buffer.byteLength(texts[0]?.body ?? '');
  for (const text of texts.slice(0, 300)) language.analyse(text, { fromHealthFeed: false });
  const analysing = timed(() => {
    for (const text of texts) language.analyse(text, { fromHealthFeed: false });
  });
  const gating = timed(() => {
    for (const { title, summary } of texts) {
      language.relevance({ title, summary, body: '' }, { fromHealthFeed: false });
    }
  });
  return [
    '\n# Speed, per second of CPU',
    `loading the language layer    ${loadedIn.ms.toFixed(0)} ms`,
    `analyse, headline + sapo + ${(bytes / 1000).toFixed(1)} kB body (${texts[0]?.body.length} characters)  ${rate(texts.length, analysing.ms)} texts/s`,
    `health gate, headline + sapo  ${rate(texts.length, gating.ms)} texts/s`,
  ].join('\n');
}

/** Milliseconds of this process's CPU, which others on the machine disturb less than the clock. */
function timed<T>(work: () => T): { value: T; ms: number } {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { value, ms: (user + system) / 1000 };
}

function rate(count: number, ms: number): string {
  return Math.round((count / ms) * 1000).toString();
}
