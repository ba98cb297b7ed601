/**
 * What the parts around an article are called, in class names, ids and text.
 *
 * Names are cut into words first (`relatedPosts`, `article__related-links` → `related posts`, `article related
 * links`), so that every pattern below is anchored at words and `adapted` is no `ad`.
 */

/** Words that name something other than the article, wherever they stand in a name. */
const APART_WORDS = words(`
  comment comments disqus respond replies kommentar kommentare comentarios comentario commentaires commenti
  komentarze reacties binhluan
  related relate relatednews relacionadas relacionados relacionada recommend recommended recommendations recirc
  recirculation outbrain taboola revcontent zergnet mgid readmore readalso seealso alsoread morenews xemthem
  docthem tinlienquan lienquan tinkhac
  newsletter newsletters subscribe signup share shares sharing sharer sharebar sharedaddy addthis addtoany social
  socials teilen compartir chiase siguenos instapaper likebox
  advert adverts advertise advertisement advertisements advertising adsbygoogle ads adslot adsense adbox adunit
  dfp sponsor sponsored sponsors quangcao anzeige werbung publicidad publicite
  breadcrumb breadcrumbs pagination pager paging navbar masthead postnav backlink permalink jumplink
  byline bylines authorbox authorbio bio tagcloud taglist tags keywords tukhoa schlagworte
  caption captions figcaption credits credit imagedescription bildunterschrift copyright legende dida pullquote
  rating ratings vote voting cookie cookies gdpr consent login disclaimer disclosure
  donate donation trending bookmark noprint screenreader sronly offscreen postmeta entrymeta articlemeta
  postmetadata timestamp factbox mediabox infoeditor citate
  `);

/**
 * Words that name something else in most templates and the article's lead, wrapper or text in others: they count
 * only where a good part of what is inside are links.
 */
const APART_IF_LINKED_WORDS = words(`
  teaser teasers promo promos promotion promoted widget widgets navigation nav menu sidebar carousel slideshow
  slider gallery playlist popular follow subscription subscriptions membership toolbar toc modal popup overlay
  lightbox paywall skip metadata snippet infobox crosslink crosslinks
  `);

/** Pairs and triples of neighbouring words that do the same, where one word alone would say too little. */
const APART_PHRASES = [
  'side bar',
  'side column',
  'right rail',
  'left rail',
  'sign up',
  'log in',
  'read more',
  'read also',
  'read next',
  'also read',
  'see also',
  'more stories',
  'more news',
  'more articles',
  'more from',
  'more on',
  'more posts',
  'more link',
  'most read',
  'most popular',
  'most viewed',
  'top stories',
  'latest news',
  'latest posts',
  'recent posts',
  'recent news',
  'similar posts',
  'other news',
  'other articles',
  'next article',
  'next story',
  'nextstory',
  'next post',
  'prev post',
  'previous post',
  'post nav',
  'post navigation',
  'post meta',
  'entry meta',
  'article meta',
  'story meta',
  'meta info',
  'post tags',
  'post footer',
  'entry footer',
  'entry utility',
  'article footer',
  'article tools',
  'article info',
  'post info',
  'author box',
  'author bio',
  'author info',
  'about author',
  'author name',
  'author card',
  'post author',
  'article author',
  'tag list',
  'tag links',
  'tags links',
  'cat links',
  'ad slot',
  'ad unit',
  'ad container',
  'ad wrapper',
  'ad block',
  'ad box',
  'ad banner',
  'google ad',
  'div gpt',
  'pull quote',
  'image description',
  'img text',
  'photo text',
  'bild text',
  'bildtext',
  'caphover',
  'sr only',
  'visually hidden',
  'screen reader',
  'tin lien',
  'tin khac',
  'tin xemthem',
  'lien quan',
  'xem them',
  'doc them',
  'binh luan',
  'chia se',
  'quang cao',
  'tu khoa',
  'tac gia',
  'photo cms',
  'link source',
  'video player',
  'audio player',
  'media player',
  'fb like',
  'fb root',
  'fb comments',
  'jp relatedposts',
  'table of contents',
  'ez toc',
  'lwptoc',
  'wp block latest',
  'list news in content',
  'knc relate',
  'kbwscwlrl',
  'view count',
  'post date',
  'entry date',
  'publish date',
  'date published',
  'reading time',
  'nota pie',
];

const APART = new RegExp(`(?:^| )(?:${[...APART_WORDS, ...APART_PHRASES].join('|')})(?= |$)`);
const APART_IF_LINKED = new RegExp(`(?:^| )(?:${APART_IF_LINKED_WORDS.join('|')})(?= |$)`);

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}

/** Names that the article's own container has; `post` and `content` alone name too many other things. */
const BODY_NAME =
  /(?:^| )(?:(?:article|story|post|entry|news|detail|page|single|main|blog|text|content|singular|maincontent|fck|cms|zce|afcbc) ?(?:body|content|contents|text|detail|details|copy|maincontent|story)|articlebody|storybody|postbody|articlecontent|postcontent|entrycontent|storycontent|newscontent|articletext|storytext|hentry|the article body|richtext|rich text|wysiwyg|post|article|story|entry|content|body|text)(?= |$)/;

const LEAD_NAME =
  /(?:^| )(?:sapo|standfirst|stand first|deck|dek|subheadline|sub headline|subtitle|sub title|lead|lede|lead text|leadtext|chapo|chapeau|excerpt|teaser text|intro|summary|description|vorspann)(?= |$)/;

/** As many distinct names as any page has; a page built to have more only loses the cache. */
const MAX_CACHED_NAMES = 4000;
const wordsCache = new Map<string, string>();

/**
 * Class names that say how an element is laid out, what is (not) beside it or what the text is about, not what the
 * element is: `has-sidebar`, `no-comments`, `tag-advertising`, `category-newsletter`, `format-gallery`,
 * `elementor-widget`.
 */
const NOT_OF_CONTENT =
  /(?:^|\s)(?:has|is|js|no|not|with|without|tag|category|cat|format|type|status|topic|section|template|lang|theme|use|post-template|page-template|single|elementor|et_pb|vc|wpb|tve|thrv|md|lg|sm|xs|xl|hide|hidden|label|field-label|u)[-_:]\S*/g;

/** Class and id as one string of lower-case words. */
export function nameWords(attribs: Readonly<Record<string, string>>): string {
  const { class: className = '', id = '' } = attribs;
  const name = id === '' ? className.slice(0, 400) : `${className.slice(0, 400)} ${id.slice(0, 100)}`;
  if (name === '') return '';
  const known = wordsCache.get(name);
  if (known !== undefined) return known;
  const words = name
    .replace(NOT_OF_CONTENT, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
  if (wordsCache.size >= MAX_CACHED_NAMES) wordsCache.clear();
  // A cut out of a page keeps the whole page in memory: what outlives the page is copied.
  wordsCache.set(Buffer.from(name).toString(), Buffer.from(words).toString());
  return words;
}

/** Whether a name says that its element stands apart from the article. */
export const namesApart = remembered(APART);

/** Whether a name says so of an element that is mostly links, though not of one that is text. */
export const namesApartIfLinked = remembered(APART_IF_LINKED);

/** Whether a name says that its element holds the article. */
export const namesBody = remembered(BODY_NAME);

/** Whether a name says that its element is the opening paragraph that is set apart (sapo, standfirst, deck). */
export const namesLead = remembered(LEAD_NAME);

/** Tells whether words match a pattern; outlets repeat their names on every page. */
function remembered(pattern: RegExp): (words: string) => boolean {
  const known = new Map<string, boolean>();
  return (words) => {
    if (words === '') return false;
    let matches = known.get(words);
    if (matches === undefined) {
      matches = pattern.test(words);
      if (known.size >= MAX_CACHED_NAMES) known.clear();
      known.set(words, matches);
    }
    return matches;
  };
}

/**
 * Openings of short paragraphs that lead elsewhere or speak of the page, in the languages of the pages we met.
 * Each must start the paragraph, and the paragraph must be short or mostly links: the caller checks that.
 */
const ELSEWHERE =
  /^[\s>»•*–—[(|-]*(?:read (?:more|also|next|the full|full|our)|also read|see also|see more|more (?:on|from|in|about|stories|news)\b|(?:related|recommended)(?:\s*:|\s*$| (?:articles?|stories|news|content|posts?|links|reading|for you)\b)|you (?:may|might) (?:also )?(?:like|be interested)|don'?t miss|watch( also)?:|watch now|click here|follow (?:us|me|@)|like us|join (?:us|our)|sign up|subscribe|share (?:this|on)|tweet this|advertis(?:e)?ment|sponsored|story continues|article continues|continue reading|skip (?:to|ad)|photos?:|photo(?:graph)? (?:by|credit)|cr[eé]dits? photos?|image(?:s)?:|image (?:credit|source|by)|picture:|credit:|video:|source:|copyright|©|all rights reserved|\(c\)|download (?:the|our)|get (?:the|our) (?:app|latest|best)|for (?:more|the latest) (?:news|stories|updates)|with inputs from|written by|reporting by|editing by|xem thêm|đọc thêm|đọc tiếp|tin liên quan|bài liên quan|tin khác|tin cùng chuyên mục|cùng chuyên mục|>>|mời (?:độc giả|quý độc giả|bạn đọc|quý vị) (?:xem|theo dõi|đón)|video:|clip:|ảnh:|ảnh minh h[oọ]a|nguồn:|nguồn ảnh|chia sẻ|bình luận|từ khóa|tags?:|lire aussi|à lire|lire la suite|voir aussi|lesen sie (?:auch|mehr)|mehr lesen|schon gelesen|lue (?:myös|seuraavaksi)|auch interessant|mehr (?:zum thema|dazu|lesen)|weiterlesen|foto:|fotos:|bild:|quelle:|lea también|leer más|lee también|(?:te|le) puede interesar|tambi[eé]n (?:puede|lea|lee)|puede(?:s)? leer|mira:|notas relacionadas|ver también|leia (?:também|mais)|veja (?:também|mais)|saiba mais|leggi anche|lees ook|czytaj też|czytaj także|zobacz także|читайте также|смотрите также|фото:|источник:|читайте також)/i;

/** Whether a paragraph opens as one that leads elsewhere or speaks of the page. */
export function leadsElsewhere(text: string): boolean {
  return ELSEWHERE.test(text.slice(0, 80));
}

const SECTION_APART =
  /^(?:related(?: (?:articles?|stories|posts?|news|content|links|topics|coverage|reading))?|recommended(?: for you)?|you (?:may|might) (?:also )?(?:like|be interested in)|more (?:from|on|in|stories|news|articles|like this|about).{0,60}|read (?:more|next|also)|see also|also read|most (?:read|popular|viewed)|popular(?: posts| stories)?|trending(?: now)?|latest(?: news| stories| posts)?|top stories|comments?|\d+ comments?|leave a (?:reply|comment)|join the (?:conversation|discussion)|about the authors?|share this(?: article| post| story| page)?(?: on)?|share|sharing is caring|tags|topics|keywords|like this|similar (?:posts|articles|news)|further reading|sponsored|advertisement|newsletter|subscribe.{0,40}|sign up.{0,40}|follow us.{0,30}|xem thêm|đọc thêm|tin liên quan|bài liên quan|tin bài liên quan|tin khác|các tin khác|tin mới|tin cùng chuyên mục|cùng chuyên mục|bình luận(?: \(\d+\))?|ý kiến.{0,20}|từ khóa|chủ đề|chia sẻ|ähnliche (?:beiträge|artikel)|weitere (?:artikel|beiträge|themen).{0,40}|mehr zum thema|das könnte (?:sie|dich) auch interessieren|teilen(?: mit)?|teilen sie dies mit|gefällt mir|kommentare?|kommentar schreiben|schlagwörter|articles? (?:similaires|liés)|à lire aussi|sur le même (?:sujet|thème)|commentaires?|artículos relacionados|noticias relacionadas|comentarios|compartir|relacionad[oa]s|leia (?:também|mais)|veja também|notícias relacionadas|comentários|articoli correlati|leggi anche|gerelateerd|lees ook|komentarze|zobacz (?:też|także)|по теме|читайте также|комментарии)\s*[:：»…!]*$/i;

/** Whether a heading (or a short line that serves as one) opens a section that is not the article. */
export function opensApart(text: string): boolean {
  return text.length <= 90 && SECTION_APART.test(text);
}
