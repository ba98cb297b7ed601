import type { ArticleBody } from './article-body.ts';
import { absoluteUrl } from './canonical-url.ts';
import { elementsOf, type HtmlElement, type HtmlRoot, textOf } from './html-node.ts';
import { stringOf, typesOf } from './json-ld.ts';
import type { PageMetadata } from './page-metadata.ts';

/** With less text than this there is nothing to read. */
const MIN_ARTICLE_CHARS = 120;
/** With more text than this a page is no wall and no error, whatever its title says. */
const ENOUGH_CHARS = 1500;
/** A teaser before a pay wall is shorter than this. */
const MAX_TEASER_CHARS = 600;

/** A number stands for an error only where nothing is counted by it: `500 ca mắc sởi` is news. */
const ERROR_TITLE =
  /^\W*(?:(?:error|lỗi|http|mã lỗi)[ :]{0,2})?(?:40[0134]|410|429|50[0234])(?: ?[-–|:.!]|$| (?:error|not found|forbidden|bad gateway|service|internal|page|trang|không tìm|lỗi))/i;
const ERROR_WORDS =
  /^\W*(?:(?:page |file |article )?not found(?:$| ?[-–|:.!])|(?:sorry, )?(?:the|this) page (?:you|is not|isn.t|cannot|can.t|does)|access (?:to this page has been )?denied|forbidden(?:$| ?[-–|:.])|bad gateway|(?:internal )?server error|service (?:temporarily )?unavailable|site (?:is )?(?:under|down|temporarily)|(?:(?:rất |thật )?(?:tiếc|xin lỗi)[,!]? )?(?:không tìm thấy (?:trang|nội dung|bài|đường dẫn|kết quả|dữ liệu)|(?:trang|bài viết|bài báo|nội dung|tin|đường dẫn|liên kết|địa chỉ)(?: (?:web|này|bạn|mà|quý|vị|độc|giả|đang|muốn|vừa|cần|yêu|cầu|truy|cập|xem|tìm|kiếm)){0,8} (?:không tồn tại|không tìm thấy|không hợp lệ|không có sẵn|đã (?:bị|được) (?:xóa|xoá|gỡ)|hiện không)|đã (?:có lỗi|xảy ra lỗi)|có lỗi xảy ra)|lỗi(?: (?:hệ thống|máy chủ|truy cập|kết nối|trang|không xác định)|$)|(?:website|hệ thống|trang web) (?:đang |tạm )(?:bảo trì|nâng cấp|ngừng|gián đoạn))/i;
const CHALLENGE =
  /^\W*(?:just a moment|attention required|checking (?:your|if the) (?:browser|site)|one more step|please wait\b.{0,40}(?:verif|check)|verify(?:ing)? (?:that )?you are (?:a )?human|(?:are|confirm) you(?: are)?(?: not)? a (?:robot|human)|human verification|security (?:check|verification)|ddos.guard|pardon our interruption|request unsuccessful|you have been blocked|(?:vui lòng )?(?:xác minh|xác nhận|chứng minh) (?:bạn |rằng bạn |quý vị )?(?:không phải|là (?:con )?người)|(?:đang )?kiểm tra trình duyệt|bạn (?:có )?(?:không )?phải (?:là )?(?:robot|người máy))/i;
const LOGIN =
  /^\W*(?:(?:please )?(?:log|sign) ?in\b|login\b|(?:vui lòng |bạn cần |mời )?đăng nhập(?: (?:để|vào|tài khoản|hệ thống)|\W|$))/i;
const CONSENT =
  /(?:\bcookies?\b|quyền riêng tư|dữ liệu cá nhân|privacy|personal data|\bGDPR\b|consent|before you continue|trước khi (?:bạn )?tiếp tục)/i;
const PAYWORDS =
  /(?:subscribe (?:now )?to (?:continue|read|keep)|subscribers? only|already a subscriber|(?:dành (?:riêng )?cho|chỉ) (?:thuê bao|hội viên|thành viên|độc giả) (?:trả phí|dài hạn|vip|đăng ký|đặt mua)|(?:mua gói|đăng ký gói|nâng cấp tài khoản|trả phí)(?: \S+){0,3} để (?:đọc|xem) (?:tiếp|toàn bộ|đầy đủ))/i;
const NEEDS_SCRIPT =
  /(?:enable|requires?|bật|kích hoạt|hỗ trợ|need)(?: \S+){0,4} javascript|javascript (?:is )?(?:disabled|required|to run)/i;
const SCRIPT_ROOT = /^(?:root|app|__next|__nuxt|main-app|app-root|___gatsby)$/;
const CHALLENGE_SOURCE =
  /\/cdn-cgi\/challenge|challenges\.cloudflare|recaptcha|hcaptcha|captcha-delivery|_incapsula_|geo\.captcha/i;

const LISTING_LINKS = 40;
const LISTING_HEADLINES = 8;
const HEADLINE_WORDS = 5;
/** A front page that gives more text than this to each of its headlines prints the articles themselves. */
const MAX_TEASER_PER_HEADLINE = 300;
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5']);

/** Why a page holds no article to read. */
export type PageKind =
  | 'error-page'
  | 'challenge'
  | 'login-wall'
  | 'consent-wall'
  | 'paywall'
  | 'video'
  | 'gallery'
  | 'listing'
  | 'needs-script'
  | 'no-text';

/**
 * Why a page holds no article to read, or `undefined` where it does.
 *
 * What a page calls itself (title, first heading, JSON-LD) is believed only as long as its text does not contradict
 * it: an error, a challenge or a wall is short, and says so at its head.
 *
 * @param url  where the page was found: a front page is no article
 */
export function unreadableReason(
  root: HtmlRoot,
  metadata: PageMetadata,
  title: string,
  { paragraphs }: ArticleBody,
  url = '',
): PageKind | undefined {
  const chars = paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0);
  const claims = claimsArticle(metadata);
  const mayBeFront = !claims && isFrontPage(url);
  if (chars >= ENOUGH_CHARS && !mayBeFront) return undefined;
  const signs = signsOf(root);
  if (mayBeFront && listsHeadlines(signs) && chars < signs.headlines * MAX_TEASER_PER_HEADLINE)
    return 'listing';
  if (chars >= ENOUGH_CHARS) return undefined;
  // Whoever states an article and then gives some text has put up no wall.
  const wall =
    claims && chars >= MIN_ARTICLE_CHARS ? undefined : wallOf({ title, metadata, paragraphs, chars, signs });
  if (wall !== undefined) return wall;
  if (chars < MAX_TEASER_CHARS && isPaywalled(metadata, paragraphs, chars)) return 'paywall';
  return chars >= MIN_ARTICLE_CHARS ? undefined : kindOfTextless(signs, metadata, root);
}

/** Whether the page says of itself that it is an article, by more than its `og:type`, which templates get wrong. */
function claimsArticle({ article, meta }: PageMetadata): boolean {
  return article !== undefined || meta.has('article:published_time');
}

function wallOf({
  title,
  metadata,
  paragraphs,
  chars,
  signs,
}: {
  title: string;
  metadata: PageMetadata;
  paragraphs: readonly string[];
  chars: number;
  signs: Signs;
}): PageKind | undefined {
  const names = [title, metadata.documentTitle, signs.firstHeading];
  const says = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (says(CHALLENGE)) return 'challenge';
  if (says(ERROR_TITLE) || says(ERROR_WORDS)) return 'error-page';
  // A box to log in may stand above any article.
  if (says(LOGIN) && chars < MIN_ARTICLE_CHARS) return 'login-wall';
  const aboutConsent = paragraphs.filter((paragraph) => CONSENT.test(paragraph)).length;
  return says(CONSENT) && aboutConsent * 2 >= paragraphs.length ? 'consent-wall' : undefined;
}

/** A page that says that it is to be paid for, in its JSON-LD or where its text breaks off. */
function isPaywalled({ article }: PageMetadata, paragraphs: readonly string[], chars: number): boolean {
  const isFree = article?.isAccessibleForFree;
  const saysSo = isFree === false || (typeof isFree === 'string' && isFree.toLowerCase() === 'false');
  return (saysSo && chars < MIN_ARTICLE_CHARS) || paragraphs.some((paragraph) => PAYWORDS.test(paragraph));
}

function kindOfTextless(signs: Signs, metadata: PageMetadata, root: HtmlRoot): PageKind {
  const media = mediaOf(signs, metadata);
  if (media !== undefined) return media;
  const seen = textOf(root, ENOUGH_CHARS);
  if (signs.captchas > 0 && seen.length < MAX_TEASER_CHARS) return 'challenge';
  if (signs.passwords > 0 && seen.length < MAX_TEASER_CHARS) return 'login-wall';
  if (seen.length < ENOUGH_CHARS && CONSENT.test(seen) && metadata.article === undefined && signs.links < 15)
    return 'consent-wall';
  if (PAYWORDS.test(seen)) return 'paywall';
  if (isListing(signs, metadata)) return 'listing';
  const isShell = signs.scripts > 0 && (signs.scriptRoots > 0 || signs.asksForScript);
  return isShell && seen.length < MAX_TEASER_CHARS ? 'needs-script' : 'no-text';
}

function mediaOf(
  { videos, figures }: Signs,
  { meta, jsonLd, article }: PageMetadata,
): 'video' | 'gallery' | undefined {
  const types = jsonLd.flatMap(typesOf);
  if (types.some((name) => /imagegallery|mediagallery/.test(name))) return 'gallery';
  const isVideo = (meta.get('og:type') ?? '').startsWith('video') || types.includes('videoobject');
  if (isVideo || videos > 0) return 'video';
  const claimsPictures = article !== undefined || stringOf(meta.get('og:type')) === 'article';
  return figures >= 6 && claimsPictures ? 'gallery' : undefined;
}

function isListing(signs: Signs, { article, jsonLd }: PageMetadata): boolean {
  if (article !== undefined) return false;
  if (
    jsonLd.some((object) =>
      typesOf(object).some((type) => /collectionpage|itemlist|searchresults/.test(type)),
    )
  )
    return true;
  return signs.links >= LISTING_LINKS || listsHeadlines(signs);
}

function listsHeadlines({ headlines }: Signs): boolean {
  return headlines >= LISTING_HEADLINES;
}

/** `/`, `/index.html`, `/trang-chu`. */
function isFrontPage(url: string): boolean {
  const path = absoluteUrl(url)?.pathname ?? '';
  return /^\/(?:index\.\w{3,5}|home|trang-chu(?:\.html?)?)?$/.test(path);
}

/** What stands on a page besides its text. */
interface Signs {
  firstHeading: string;
  links: number;
  /** Links of a headline's length inside headings. */
  headlines: number;
  figures: number;
  videos: number;
  passwords: number;
  captchas: number;
  scripts: number;
  scriptRoots: number;
  asksForScript: boolean;
}

function signsOf(root: HtmlRoot): Signs {
  const signs: Signs = {
    firstHeading: '',
    links: 0,
    headlines: 0,
    figures: 0,
    videos: 0,
    passwords: 0,
    captchas: 0,
    scripts: 0,
    scriptRoots: 0,
    asksForScript: false,
  };
  for (const element of elementsOf(root)) READ_SIGN[element.name]?.(element, signs);
  return signs;
}

const noteHeading = (element: HtmlElement, signs: Signs) => {
  if (signs.firstHeading === '') signs.firstHeading = textOf(element, 200);
};
const noteRoot = ({ attribs, children }: HtmlElement, signs: Signs) => {
  if (SCRIPT_ROOT.test(attribs.id ?? '')) signs.scriptRoots += 1;
  if (children.length === 0 && /(?:g|h)-(?:re)?captcha|cf-turnstile/.test(attribs.class ?? ''))
    signs.captchas += 1;
};
const noteFrame = ({ attribs }: HtmlElement, signs: Signs) => {
  if (CHALLENGE_SOURCE.test(attribs.src ?? '')) signs.captchas += 1;
  if (/youtube\.com\/embed|player\.|\/video\//i.test(attribs.src ?? '')) signs.videos += 1;
};

const READ_SIGN: Readonly<Record<string, (element: HtmlElement, signs: Signs) => void>> = {
  a(element, signs) {
    signs.links += 1;
    if (HEADINGS.has(element.parent?.name ?? '') && wordsOf(textOf(element, 200)) >= HEADLINE_WORDS)
      signs.headlines += 1;
  },
  h1: noteHeading,
  h2: noteHeading,
  figure: (_element, signs) => {
    signs.figures += 1;
  },
  video: (_element, signs) => {
    signs.videos += 1;
  },
  input({ attribs }, signs) {
    if (attribs.type?.toLowerCase() === 'password') signs.passwords += 1;
  },
  div: noteRoot,
  main: noteRoot,
  'app-root': (_element, signs) => {
    signs.scriptRoots += 1;
  },
  iframe: noteFrame,
  script({ attribs }, signs) {
    if (!/json/i.test(attribs.type ?? '')) signs.scripts += 1;
    if (CHALLENGE_SOURCE.test(attribs.src ?? '')) signs.captchas += 1;
  },
  noscript(element, signs) {
    if (NEEDS_SCRIPT.test(textOf(element, 400))) signs.asksForScript = true;
  },
};

function wordsOf(text: string): number {
  return text === '' ? 0 : text.split(' ').length;
}
