"""Makes the small internet of a seed, site by site.

A site has lists over several pages, some of it in a sitemap only, pages for telephones beside the others, dead addresses
and walls in the place of documents. Some documents are copies of another site's: the same, with names hidden, edited;
some pages show the beginning of a text only.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.internet.addresses import document_address, listing_address, listing_style, part_address
from benchmarks.internet.frames import Frame, Linked, frames, noise_of
from benchmarks.internet.prose import Prose, edited, hidden, prose
from benchmarks.internet.walls import WALLS, wall
from benchmarks.internet.world import Place, Planted, World, crawled_sites
from cleaners.sites import Site

LISTED = 10
"""Documents on a page of a list."""
COPIED, CUT, SPLIT, TWOFOLD, ONLY_OTHER, UNLISTED = 0.15, 0.4, 0.25, 0.4, 0.15, 0.2
"""Shares of documents: copies; with a preview alone; over several pages; with two pages, with the second one only;
in a sitemap only. Each counts for sites that have such a thing."""
WITH_SITEMAP, WITH_TWINS, SLOW, WITH_DELAY, IN_GBK = 0.3, 0.4, 0.12, 0.2, 0.25
"""Shares of sites."""
MIN_LATENCY, MAX_LATENCY = 0.03, 0.12
CRAWL_DELAY = 2
WALLED, DEAD = 20, 15
"""One wall and one dead address for so many documents; three walls in a row close a host, and should."""
MIN_SHARE, MAX_SHARE = 0.3, 0.7
"""What a preview shows of a text."""


def world(seed: int, count: int, documents: int) -> World:
    """Return the world of a seed: so many sites with so many documents each; raises ValueError for too many sites."""
    known = crawled_sites()
    if count > len(known):
        raise ValueError(f"{count} sites: {len(known)} are registered and crawled")
    made, texts = World(), list[tuple[str, Prose]]()
    for site in random.Random(seed).sample(known, count):
        _Maker(made, site, f"{seed}/{site.name}", texts).make(documents)
    return made


@dataclass(slots=True)
class _Document:
    """One document before its pages are made."""

    prose: Prose
    origin: int
    frame: Frame
    share: float
    targets: list[str]
    listed: bool

    def link(self) -> Linked:
        return Linked(self.targets[0], self.prose.title)


class _Maker:
    """Makes one site; `texts` are all texts so far, with the site that had each first."""

    def __init__(self, made: World, site: Site, name: str, texts: list[tuple[str, Prose]]) -> None:
        self.made, self.site, self.name, self.texts = made, site, name, texts
        self.chance = chance = random.Random(name)
        start = urlsplit(site.start[0])
        self.host, self.home = start.hostname or "", start.path
        domain = site.domains[0]
        self.twin = (f"www.{domain}" if self.host == f"m.{domain}" else f"m.{domain}") if self._is(WITH_TWINS) else ""
        families = frames(site.template)
        own = [family for family in families if family[0].owner and family[0].owner.name == site.name]
        self.family = chance.choice(own or families)
        self.style = listing_style(site, chance)
        self.forms = len(site.documents)
        self.twofold = self.forms > 1 and all("(?P<id>" in pattern for pattern in site.documents[:2])
        self.sitemap = self._is(WITH_SITEMAP)
        self.taken: set[str | int] = set()
        self.place = Place(
            site=site,
            charset="gbk" if self._is(IN_GBK) else "utf-8",
            latency=chance.uniform(MIN_LATENCY, MAX_LATENCY) if self._is(SLOW) else 0.0,
            crawl_delay=CRAWL_DELAY if self._is(WITH_DELAY) else 0,
        )

    def make(self, count: int) -> None:
        """Make its documents, and the pages that lead to them."""
        documents = [self._document(number) for number in range(count)]
        listed = [each for each in documents if each.listed]
        for document in documents:
            self._plant(document, [each.link() for each in self.chance.sample(listed, min(4, len(listed)))])
        self._lists(listed)
        self._terms([each for each in documents if not each.listed])
        self.made.places.append(self.place)

    def _is(self, share: float) -> bool:
        return self.chance.random() < share

    def _hosts(self) -> tuple[str, ...]:
        return (self.host, self.twin) if self.twin else (self.host,)

    def _document(self, number: int) -> _Document:
        text, origin = self._text(number)
        desktop = [frame for frame in self.family if frame.host == "desktop"]
        cuts = self._is(CUT)
        fitting = [frame for frame in desktop if frame.cuts == cuts] or desktop
        listed = not (self.sitemap and self._is(UNLISTED))
        frame, share = self.chance.choice(fitting), self.chance.uniform(MIN_SHARE, MAX_SHARE)
        return _Document(text, origin, frame, share, self._targets(), listed)

    def _text(self, number: int) -> tuple[Prose, int]:
        """Return a text of its own, or a copy of one that another site had first and this one has not."""
        if self.texts and self._is(COPIED):
            origin = self.chance.randrange(len(self.texts))
            owner, text = self.texts[origin]
            if owner != self.site.name and origin not in self.taken:
                self.taken.add(origin)
                return self._copy(text), origin
        text = prose(f"{self.name}/{number}")
        self.texts.append((self.site.name, text))
        return text, len(self.texts) - 1

    def _copy(self, text: Prose) -> Prose:
        lines = self.chance.choice(
            (text.text(), hidden(text.text(), text.names, self.chance), edited(text.text(), self.chance))
        )
        return Prose(text.title, tuple(lines.split("\n")), (), text.names)

    def _targets(self) -> list[str]:
        """Return the targets of a document's pages, the one that shows most first."""
        forms = [self.chance.randrange(self.forms)]
        if self.twofold:
            forms = [1] if self._is(ONLY_OTHER) else [0, 1] if self._is(TWOFOLD) else [0]
        while True:
            number = str(self.chance.randint(10**6, 10**7 - 1)) if self.twofold else None
            targets = [document_address(self.site, form, self.chance, number) for form in forms]
            if not self.taken.intersection(targets):
                self.taken.update(targets)
                return targets

    def _plant(self, document: _Document, others: Sequence[Linked]) -> None:
        """Make the pages of a document, and note what they show."""
        text, first = document.prose, document.targets[0]
        later = part_address(self.site, first, 2)
        if later and not document.frame.cuts and len(text.paragraphs) > 3 and self._is(SPLIT):
            shown = self._split(document, [first, later], others)
        else:
            shown = self._pages(document, others)
        page = document.frame.page(self.site, text.title, "", self._url(first), others, text.headings)
        noise = tuple(line for line in noise_of(page) if line != text.title)
        addresses = tuple(f"http://{host}{target}" for host in self._hosts() for target in document.targets)
        self.made.planted.append(
            Planted(self.site.name, text.title, shown, document.frame.cuts, document.origin, addresses, noise)
        )

    def _pages(self, document: _Document, others: Sequence[Linked]) -> str:
        """Make the page on each host, and the second one; return what they show."""
        text, frame = document.prose, document.frame
        shown = frame.shown(text.title, text.paragraphs, document.share)
        for target in document.targets:
            for host in self._hosts():
                own = self._frame(frame, target, host)
                markup = (
                    own.form(text.title, shown.text.split("\n"), len(shown.text) + 1).markup
                    if own is not frame
                    else shown.markup
                )
                page = own.page(self.site, text.title, markup, f"http://{host}{target}", others, text.headings)
                self.place.add([host], target, page)
        return shown.text

    def _frame(self, frame: Frame, target: str, host: str) -> Frame:
        """Return the frame of a page: that of telephones or of downloads, where this engine has it."""
        address = self.site.document(f"http://{host}{target}")
        kind = "download" if address and address.form else "mobile" if host.startswith("m.") else "desktop"
        return next((each for each in self.family if each.host == kind and each.cuts == frame.cuts), frame)

    def _split(self, document: _Document, targets: Sequence[str], others: Sequence[Linked]) -> str:
        """Make two pages of a document, each with half of its paragraphs."""
        text, frame = document.prose, document.frame
        half = len(text.paragraphs) // 2
        for number, target in enumerate(targets):
            paragraphs = text.paragraphs[:half] if number == 0 else text.paragraphs[half:]
            turns = f'<a href="{targets[1 - number]}">{2 - number}</a> <a href="{targets[1 - number]}">{"上一页" if number else "下一页"}</a>'
            markup = frame.shown(text.title, paragraphs, 1.0).markup
            page = frame.page(
                self.site,
                text.title,
                markup,
                self._url(target),
                others,
                text.headings,
                f'<div class="page">{turns}</div>',
            )
            self.place.add(self._hosts(), target, page)
        return "\n".join(text.paragraphs)

    def _url(self, target: str) -> str:
        return f"http://{self.host}{target}"

    def _lists(self, documents: Sequence[_Document]) -> None:
        """Make the lists, with dead addresses and walls among the documents, and the start page."""
        entries = [self._entry(each) for each in documents]
        for kind, share in (("wall", WALLED), ("dead", DEAD)):
            for at in range(share // 2, len(documents), share):
                entries.insert(at, self._bad_entry(kind))
        keys = min(3, -(-len(entries) // LISTED))
        named = [f'<li><a href="{listing_address(self.style, key, 1)}">栏目{key + 1}</a></li>' for key in range(keys)]
        for key in range(keys):
            own = entries[key::keys]
            pages = [own[at : at + LISTED] for at in range(0, len(own), LISTED)]
            for number, page in enumerate(pages, start=1):
                turns = [
                    f'<a href="{listing_address(self.style, key, other)}">{other}</a>'
                    for other in range(1, len(pages) + 1)
                ]
                self._list(listing_address(self.style, key, number), f"栏目{key + 1}", page, " ".join(turns))
        self._list(
            self.home,
            self.site.title,
            [*named, *entries[:3]],
            '<a href="/about.html">关于我们</a> <a href="/user/login.html">登录</a>',
        )
        if self.site.kind(self._url("/about.html")) is None:
            told = f"{self.site.title}办在城南的一条小街上，收集各地的公文和讲话，每天有人整理，每周有人核对。来信请写明姓名和住处，三天以内回复。"
            self._list("/about.html", "关于我们", [f"<p>{told}</p>"], '<a href="/">首页</a>')

    def _entry(self, document: _Document) -> str:
        """Return a document as lists show it: on one host or both, its first page or all."""
        hosts = (
            self.chance.choice((("",), (f"http://{self.twin}",), ("", f"http://{self.twin}"))) if self.twin else ("",)
        )
        links = [
            f'<a href="{host}{target}">{document.prose.title}</a>' for host in hosts for target in document.targets
        ]
        return f"<li>{' '.join(links)}</li>"

    def _bad_entry(self, kind: str) -> str:
        target = self._targets()[0]
        if kind == "wall":
            self.place.add(self._hosts(), target, wall(self.chance.choice(list(WALLS)), self.site))
            self.made.walls.update(f"http://{host}{target}" for host in self._hosts())
        return f'<li><a href="{target}">{prose(f"{self.name}{target}").title}</a></li>'

    def _list(self, target: str, title: str, entries: Sequence[str], foot: str) -> None:
        head = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}_{self.site.title}</title></head>'
        lines = "\n".join(entries)
        page = f'{head}\n<body>\n<div class="nav"><a href="/">首页</a></div>\n<h2>{title}</h2>\n<ul>\n{lines}\n</ul>\n<p>{foot}</p>\n</body></html>\n'
        self.place.add(self._hosts(), target, page)

    def _terms(self, unlisted: Sequence[_Document]) -> None:
        """Make robots.txt, and the sitemap that it names."""
        lines = ["User-agent: *", "Disallow: /user/"]
        if self.place.crawl_delay:
            lines.append(f"Crawl-delay: {self.place.crawl_delay}")
        if self.sitemap:
            lines.append(f"Sitemap: {self._url('/sitemap.xml')}")
            named = "".join(
                f"<url><loc>{self._url(each.targets[0]).replace('&', '&amp;')}</loc></url>" for each in unlisted
            )
            self.place.add(
                [self.host], "/sitemap.xml", f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset>{named}</urlset>\n'
            )
        self.place.add(self._hosts(), "/robots.txt", "\n".join(lines) + "\n")
