/** `Đình chỉ kíp trực` → `dinh-chi-kip-truc`, at most twelve words, as Vietnamese papers name their pages. */
export function slug(title: string): string {
  return title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .split('-')
    .slice(0, 12)
    .join('-');
}
