"""The frames of documents: those of the saved pages of the templates, and three of sites whose engine is not known.

A frame is the page of a document in which the title, the text and all else that is the document's own may be another's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple

from cleaners.reading.decode import decode
from cleaners.sites import Site, sites

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
PIECE = 300
"""Characters of a piece of the large wenku engine."""
MIN_SHOWN = 320
"""Characters that a preview shows at least."""

_TITLE, _TEXT, _OUTLINE = "\ue000", "\ue001", "\ue002"


class Shown(NamedTuple):
    """What a page shows of a text: as its markup, and as the words that are the document's."""

    markup: str
    text: str


class Linked(NamedTuple):
    """A document of the same site: where it is, and its title."""

    address: str
    title: str


Form = Callable[[str, Sequence[str], int], Shown]
"""Makes of a title, paragraphs and a number of characters to show (all of them where it is no less) what is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page with signs in the place of title and text; `owner` is the site of the saved page, None for our own.

    `cuts` says that it shows the beginning of a text only, `host` which pages of a site have it.
    """

    template: str
    html: str
    form: Form
    cuts: bool
    host: str = "desktop"
    owner: Site | None = None

    def shown(self, title: str, paragraphs: Sequence[str], share: float) -> Shown:
        """Return what it shows of a text, the `share` of it where it cuts."""
        length = sum(map(len, paragraphs))
        return self.form(
            title, paragraphs, max(MIN_SHOWN, round(length * share)) if self.cuts else length + len(title) + 99
        )

    def page(
        self,
        site: Site,
        title: str,
        markup: str,
        own: str,
        others: Sequence[Linked],
        headings: Sequence[str] = (),
        pager: str = "",
    ) -> str:
        """Return the page at the address `own`; `others` stand where the frame links to other documents."""
        outline = "".join(f"{heading}<br>\n" for heading in headings)
        page = (
            self.html.replace(_TEXT, markup, 1).replace(_OUTLINE, outline).replace(_TITLE, escape(title, quote=False))
        )
        if pager:
            page = re.sub(r"(?i)</body>|$", lambda end: pager + end[0], page, count=1)
        if not self.owner:
            return _linked(page.replace("{site}", site.title).replace("{host}", site.domains[0]), None, own, others)
        page = _linked(page, self.owner, own, others)
        for name in sorted((*self.owner.names, self.owner.title), key=len, reverse=True):
            page = page.replace(name, site.title)
        return page.replace(self.owner.domains[0], site.domains[0])


@cache
def frames(template: str) -> tuple[tuple[Frame, ...], ...]:
    """Return the frames of a template in families: a site has all frames of one family. "" are our own."""
    if not template:
        return tuple(tuple(_own(body, cuts) for cuts in (False, True)) for body in _OWN)
    families: dict[str, list[Frame]] = {}
    for case, form, start, end, host in _SAVED:
        frame = _saved(case, form, start, end, host)
        if frame.template == template:
            families.setdefault(case.partition("/")[0], []).append(frame)
    if not families:
        raise ValueError(f"no saved page of the template {template}: add a row to benchmarks/internet/frames.py")
    return tuple(map(tuple, families.values()))


def noise_of(page: str) -> list[str]:
    """Return the lines that a page of a document without its text shows."""
    seen = re.sub(r"(?is)<(script|style|textarea)\b.*?</\1>", "", page.partition("<body")[2].partition(">")[2])
    return [line for part in re.split(r"<[^>]*>|\n", seen) if (line := unescape(part).strip())]


def _linked(page: str, owner: Site | None, own: str, others: Sequence[Linked]) -> str:
    """Let links to documents of the saved page's site lead to `own`, where they show their address, and to `others`."""
    left = iter(others)

    def link(found: re.Match[str]) -> str:
        address, said = found[1], found[2]
        if address == "{other}" or (owner and owner.kind(f"http://x{_target(address)}") == "document"):
            if said.strip() == address:
                return f'<a href="{own}">{own}</a>'
            other = next(left, None)
            return f'<a href="{other.address}">{other.title}</a>' if other else ""
        return found[0]

    return re.sub(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', link, page)


def _target(address: str) -> str:
    return re.sub(r"^(?:https?:)?//[^/]+", "", address) or "/"


def _saved(case: str, form: Form, start: str, end: str, host: str) -> Frame:
    folder = FIXTURES / case
    truth = json.loads((folder / "expected.json").read_bytes())
    page = decode((folder / "page.html").read_bytes()).text.replace("\r\n", "\n")
    before, found, rest = page.partition(start)
    text, closed, after = rest.partition(end)
    if not found or not closed or not text:
        raise ValueError(f"fixtures/{case}: no text between {start!r} and {end!r}; mend benchmarks/internet/frames.py")
    html = re.sub(
        r'(?s)(<div class="menu">目录/提纲：……<br>\n).*?(……</div>)',
        rf"\1{_OUTLINE}\2",
        f"{before}{start}{_TEXT}{end}{after}",
    )
    return Frame(
        template=truth["template"],
        html=html.replace(truth["title"], _TITLE),
        form=form,
        cuts=truth["truncated"],
        host=host,
        owner=sites()[case.partition("/")[0]],
    )


def _own(body: str, cuts: bool) -> Frame:
    html = body.replace("{title}", _TITLE).replace("{text}", _TEXT)
    return Frame(template="", html=re.sub(r"\[\[(.*?)\]\]", r"\1" if cuts else "", html), form=_paragraphs, cuts=cuts)


def _first(paragraphs: Sequence[str], most: int) -> list[str]:
    """Return the first `most` characters, in paragraphs."""
    kept = []
    for paragraph in paragraphs:
        if most > 0:
            kept.append(paragraph[:most])
        most -= len(paragraph)
    return kept


def _paragraphs(_: str, paragraphs: Sequence[str], most: int) -> Shown:
    kept = _first(paragraphs, most)
    return Shown("".join(f"<p>　　{each}</p>\n" for each in kept), "\n".join(kept))


def _sentences(_: str, paragraphs: Sequence[str], most: int) -> Shown:
    """Show whole paragraphs only."""
    kept = [each for at, each in enumerate(paragraphs) if not at or sum(map(len, paragraphs[:at])) < most]
    return Shown("".join(f"<p>{each}</p>\n" for each in kept), "\n".join(kept))


def _dotted(dots: str, tag: str) -> Form:
    def form(_: str, paragraphs: Sequence[str], most: int) -> Shown:
        kept = _first(paragraphs, most)
        joined = "".join(f"<{tag}>　　{each}</{tag}>\n" for each in kept) if tag else "".join(kept)
        at = joined.rfind(f"</{tag}>") if tag else len(joined)
        return Shown(joined[:at] + dots + joined[at:], "\n".join(kept) + dots)

    return form


def _flat(_: str, paragraphs: Sequence[str], most: int) -> Shown:
    text = " ".join(paragraphs)[:most]
    return Shown(text, text)


def _pieces(between: str) -> Form:
    """Show numbered pieces with the title before the text; a cut is at the end of a piece."""

    def form(title: str, paragraphs: Sequence[str], most: int) -> Shown:
        whole = " ".join(paragraphs)
        flat = f"{title} {whole}"
        if most < len(whole):
            flat = flat[: most // PIECE * PIECE]
        pieces = [flat[at : at + PIECE] for at in range(0, len(flat), PIECE)]
        marked = [f"{number}、{piece}" for number, piece in enumerate(pieces, start=1)]
        markup = "".join(f"<p>{each}</p>\n" for each in marked) if between == "p" else "<br />\n".join(marked)
        return Shown(markup, flat.removeprefix(title).strip())

    return form


def _breaks(title: str, paragraphs: Sequence[str], most: int) -> Shown:
    """Show lines after the title; a cut says how much is missing."""
    kept, whole = _first(paragraphs, most), sum(map(len, paragraphs))
    lines = "".join(f"　　{each}<br>\n" for each in kept)
    shown = sum(map(len, kept))
    if shown < whole:
        lines = lines.removesuffix("<br>\n")
        lines += f"……（未完，全文共{whole}字，当前仅显示{shown}字，请阅读下面提示信息。收藏《{title}》"
    return Shown(f"{title}<br><br>\n{lines}", "\n".join(kept))


def _post(_: str, paragraphs: Sequence[str], most: int) -> Shown:
    kept = _first(paragraphs, most)
    return Shown("<br>\n<br>\n".join(kept), "\n".join(kept))


def _twice(title: str, paragraphs: Sequence[str], most: int) -> Shown:
    """Show the title once more before the text."""
    markup, text = _paragraphs(title, paragraphs, most)
    return Shown(f"<p>{title}</p>\n{markup}", text)


_SAVED: tuple[tuple[str, Form, str, str, str], ...] = (
    ("taowenge/preview_whole", _pieces("br"), '<div class="textlayer">\n', "\n</div>", "desktop"),
    ("taowenge/preview_truncated", _pieces("p"), '<div class="textlayer">', "</div>", "desktop"),
    ("taowenge/mobile_whole", _pieces("p"), '<div class="textlayer">\n', "</div>", "mobile"),
    ("taowenge/mobile_truncated", _pieces("p"), '<div class="textlayer">\n', "</div>", "mobile"),
    ("taowenge/download_whole", _flat, '<div class="textlayer">', '</div>\n<div class="legal">', "download"),
    ("bdocx/preview_truncated", _paragraphs, "</h2>\n", "</body>", "desktop"),
    ("renrendoc/paper_truncated", _flat, '<div class="text">', "</div>", "desktop"),
    ("zhuangpeitu/desktop_whole", _pieces("br"), '<div class="text">', "</div>", "desktop"),
    ("zixin/desktop_whole", _pieces("p"), "<h2>资源描述：</h2>\n", "</body>", "desktop"),
    ("bibiwenku/whole", _paragraphs, 'id="content">\n', "</div>", "desktop"),
    ("bibiwenku/truncated", _paragraphs, 'id="content">\n', "</div>", "desktop"),
    ("wm114/whole_gbk", _breaks, 'id="wen">\n', "</div>", "desktop"),
    ("wm114/truncated", _breaks, 'id="wen">\n', "</div>", "desktop"),
    ("docs360/whole", _paragraphs, '<div class="doc">\n', "</div>", "desktop"),
    ("fangchengshi/truncated", _dotted("...", ""), '<div class="article">', "</div>", "desktop"),
    ("fx361/whole", _paragraphs, '<div class="txt">\n', "</div>", "desktop"),
    ("laomiw/thread_whole", _post, '<td class="t_f">\n', "</td>", "desktop"),
    ("ruiwen/whole", _twice, "欢迎大家分享。</p>\n", "</div>", "desktop"),
    ("sanweiyuan/truncated", _dotted("......", "p"), '<div class="body">\n', "</div>", "desktop"),
    ("soolun/truncated", _sentences, '<div class="part">\n', "</div>", "desktop"),
    ("xiezuofang/whole", _paragraphs, '<div class="text">\n', "</div>", "desktop"),
)
"""Saved pages: how they show a text, what stands right before and after it, on which pages of a site they are."""

_HEAD = '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}'
_OWN = (
    _HEAD
    + """_{site}</title></head>
<body>
<div class="nav"><a href="/">首页</a> <a href="/about.html">关于我们</a> <a href="/user/login.html">登录</a> <a href="/user/reg.html">注册</a></div>
<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/">范文大全</a> &gt; 正文</div>
<h1>{title}</h1>
<p class="info">发布时间：2025-06-11 来源：{site} 阅读：1203次</p>
<div class="content">
{text}</div>
[[<p>（登录后阅读全文）</p>]]
<p class="copy">本文来自{site}，转载请注明出处。</p>
<div class="turn"><p>上一篇：<a href="{other}">上一篇</a></p><p>下一篇：<a href="{other}">下一篇</a></p></div>
<div class="hot"><h3>相关推荐</h3><ul><li><a href="{other}">相关</a></li><li><a href="{other}">相关</a></li><li><a href="{other}">相关</a></li></ul></div>
<div class="foot"><p>Copyright © 2015-2026 {host} 版权所有</p><p>声明：本站内容来自网友上传，如有侵权请联系我们删除。</p></div>
</body></html>
""",
    _HEAD
    + """.doc - {site}</title></head>
<body>
<div class="top"><a href="/">{site}</a><form action="/search"><input name="q"><button>搜索</button></form></div>
<div class="file"><h1>{title}</h1><p>格式：DOC 大小：35.5KB 页数：4页 上传时间：2024-09-02</p><p><a href="javascript:;">立即下载</a> <a href="javascript:;">收藏</a></p></div>
<div id="reader">
{text}</div>
[[<p>剩余内容请下载后查看</p>]]
<div class="related"><h4>您可能感兴趣的文档</h4><ul><li><a href="{other}">文档</a></li><li><a href="{other}">文档</a></li></ul></div>
<div class="bottom"><p>关于我们 | 联系我们 | 网站声明 | 意见反馈</p><p>© {host}</p></div>
</body></html>
""",
    _HEAD
    + """</title><meta name="viewport" content="width=device-width"></head>
<body>
<header><a href="/">{site}</a></header>
<article><h1>{title}</h1><div class="meta"><span>2023-11-20 14:08</span> <span>浏览 356 次</span></div>
{text}</article>
[[<p class="more">剩余内容请在APP中查看</p>]]
<p>分享到：微信 QQ空间 新浪微博</p>
<aside><h3>猜你喜欢</h3><p><a href="{other}">文章</a></p><p><a href="{other}">文章</a></p></aside>
<footer><p>返回顶部</p><p>电脑版 | 手机版</p></footer>
</body></html>
""",
)
"""Pages of sites whose engine is not known; what stands in double brackets is there where the text is cut."""
