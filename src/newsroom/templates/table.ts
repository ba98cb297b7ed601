import { escapeMarkup } from '../markup.ts';
import { longVietnameseDate } from '../vietnamese-date.ts';
import type { PageModel } from './page-model.ts';
import { relatedLinks } from './page-parts.ts';

/** A portal of the 2000s: nested tables, upper-case tags, `<br>` between paragraphs, no metadata, unclosed cells. */
export function table(page: PageModel): string {
  const { article } = page;
  const text = article.paragraphs
    .map((paragraph) => `&nbsp;&nbsp;${escapeMarkup(paragraph)}`)
    .join('<BR><BR>\n');
  return `<HTML>
<HEAD>
<META http-equiv="Content-Type" content="text/html; charset=utf-8">
<TITLE>${escapeMarkup(page.outletName)} - ${escapeMarkup(article.title)}</TITLE>
</HEAD>
<BODY bgcolor="#ffffff" topmargin=0>
<TABLE width="980" align="center" cellpadding=0 cellspacing=0>
<TR><TD colspan=3><A href="/">${escapeMarkup(page.outletName)}</A></TD></TR>
<TR>
<TD width=160 valign="top" class="menu_trai"><A href="/">Trang chủ</A><BR><A href="/chuyen-muc">Xã hội</A><BR><A href="/chuyen-muc">Y tế</A>
<TD width=560 valign="top">
<TABLE width="100%"><TR><TD class="ngay_thang">${longVietnameseDate(article.datedAt)}</TD></TR>
<TR><TD class="tieu_de"><FONT size="4" color="#003399"><B>${escapeMarkup(article.title)}</B></FONT></TD></TR>
<TR><TD class="trich_dan"><B>${escapeMarkup(article.summary)}</B></TD></TR>
<TR><TD class="noi_dung" align="justify">
${text}
</TD></TR>
<TR><TD align="right" class="tac_gia"><B>${escapeMarkup(article.author)}</B></TD></TR>
</TABLE>
<TABLE width="100%"><TR><TD><B>Các tin khác</B></TD></TR><TR><TD><UL>${relatedLinks(page, 4)}</UL></TD></TR></TABLE>
</TD>
<TD width=260 valign="top">Thời tiết hôm nay<BR>Giá vàng<BR>Liên kết website
</TABLE>
<P align="center">${escapeMarkup(page.outletName)}. Trang giả lập, không phải báo thật.</P>
</BODY>
</HTML>
`;
}
