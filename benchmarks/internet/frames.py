"""The frames of documents: those of the saved pages of the templates, and three of sites whose engine is not known.

A frame is the page of a document in which the title, the text and all else that is the document's own may be another's.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple

from benchmarks.internet.forms import (
    Form,
    Shown,
    after_its_title,
    as_post,
    in_lines,
    in_one,
    in_paragraphs,
    in_pieces,
    in_whole_paragraphs,
    with_dots,
)
from benchmarks.internet.own_pages import OWN_PAGES
from cleaners.reading.decode import decode
from cleaners.sites import Site, sites

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
MIN_SHOWN = 320
"""Characters that a preview shows at least."""

_TITLE, _TEXT, _OUTLINE = "\ue000", "\ue001", "\ue002"


class Linked(NamedTuple):
    """A document of the same site: where it is, and its title."""

    address: str
    title: str


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
        page = _varied(self.html, random.Random(own))
        page = page.replace(_TEXT, markup, 1).replace(_OUTLINE, outline).replace(_TITLE, escape(title, quote=False))
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
        return tuple(tuple(_own(body, cuts) for cuts in (False, True)) for body in OWN_PAGES)
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


def _varied(page: str, chance: random.Random) -> str:
    """Return a frame with another date, other ids and counts, as each document has its own."""
    page = re.sub(
        r"\b20\d\d([-/])\d{1,2}\1\d{1,2}",
        lambda found: found[1].join(
            (f"20{chance.randint(10, 26)}", f"{chance.randint(1, 12):02}", f"{chance.randint(1, 28):02}")
        ),
        page,
    )
    return re.sub(
        r"(?<![\w.#-])\d{4,12}(?=[\s<次;.\"|]|$)(?!-)",
        lambda found: str(chance.randint(10 ** (len(found[0]) - 1), 10 ** len(found[0]) - 1)),
        page,
    )


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
    return Frame(template="", html=re.sub(r"\[\[(.*?)\]\]", r"\1" if cuts else "", html), form=in_paragraphs, cuts=cuts)


_SAVED: tuple[tuple[str, Form, str, str, str], ...] = (
    ("taowenge/preview_whole", in_pieces("br"), '<div class="textlayer">\n', "\n</div>", "desktop"),
    ("taowenge/preview_truncated", in_pieces("p"), '<div class="textlayer">', "</div>", "desktop"),
    ("taowenge/mobile_whole", in_pieces("p"), '<div class="textlayer">\n', "</div>", "mobile"),
    ("taowenge/mobile_truncated", in_pieces("p"), '<div class="textlayer">\n', "</div>", "mobile"),
    ("taowenge/download_whole", in_one, '<div class="textlayer">', '</div>\n<div class="legal">', "download"),
    ("bdocx/preview_truncated", in_paragraphs, "</h2>\n", "</body>", "desktop"),
    ("renrendoc/paper_truncated", in_one, '<div class="text">', "</div>", "desktop"),
    ("zhuangpeitu/desktop_whole", in_pieces("br"), '<div class="text">', "</div>", "desktop"),
    ("zixin/desktop_whole", in_pieces("p"), "<h2>资源描述：</h2>\n", "</body>", "desktop"),
    ("bibiwenku/whole", in_paragraphs, 'id="content">\n', "</div>", "desktop"),
    ("bibiwenku/truncated", in_paragraphs, 'id="content">\n', "</div>", "desktop"),
    ("wm114/whole_gbk", in_lines, 'id="wen">\n', "</div>", "desktop"),
    ("wm114/truncated", in_lines, 'id="wen">\n', "</div>", "desktop"),
    ("docs360/whole", in_paragraphs, '<div class="doc">\n', "</div>", "desktop"),
    ("fangchengshi/truncated", with_dots("...", ""), '<div class="article">', "</div>", "desktop"),
    ("fx361/whole", in_paragraphs, '<div class="txt">\n', "</div>", "desktop"),
    ("laomiw/thread_whole", as_post, '<td class="t_f">\n', "</td>", "desktop"),
    ("ruiwen/whole", after_its_title, "欢迎大家分享。</p>\n", "</div>", "desktop"),
    ("sanweiyuan/truncated", with_dots("......", "p"), '<div class="body">\n', "</div>", "desktop"),
    ("soolun/truncated", in_whole_paragraphs, '<div class="part">\n', "</div>", "desktop"),
    ("xiezuofang/whole", in_paragraphs, '<div class="text">\n', "</div>", "desktop"),
)
"""Saved pages: how they show a text, what stands right before and after it, on which pages of a site they are."""
