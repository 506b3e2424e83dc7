"""Whether a site's pages are still what the project takes them for: signs read off one page, each ok, look or bad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from scrapy.http import Response

from cleaners.clean import clean
from cleaners.decode import declared, decode
from cleaners.model import Document, Page
from cleaners.sites import Site
from crawler import sitemaps
from crawler.answers import content_type
from crawler.explain import verdict
from crawler.optout import Wishes
from crawler.robots import closing
from crawler.robotstxt import RobotsTxt
from crawler.visit import Visit
from pipelines.walls import bad_page

KEPT = (0.2, 0.98)
"""Shares of a page's characters between which the text of a document lies."""
SHORTEST = 200
"""Characters of a document below which its page is worth a look."""
NOISE_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing that was looked at; `verdict` is ok, look (may be well) or bad."""

    what: str
    verdict: str
    told: str


def signs(visit: Visit) -> list[Sign]:
    """Return what a visit shows, from robots.txt to the text."""
    return list(_signs(visit))


def _signs(visit: Visit) -> Iterator[Sign]:
    if visit.requested:
        yield _robots(visit)
    if visit.start is not None:
        kinds = Counter(visit.site.kind(url) for url in visit.linked)
        told = f"{visit.start.url} links to {kinds['document']} documents and {kinds['listing']} listings"
        yield _sign("start page", "bad" if not kinds["document"] else "ok", told)
    if visit.page is None:
        yield _sign("page", "bad", visit.failure)
        return
    yield _answer(visit.site, visit.page)
    if visit.page.status < 300:
        yield from of_page(visit.site, visit.page)


def _robots(visit: Visit) -> Sign:
    answer = visit.robots
    if answer is None or (reason := closing(answer)):
        return _sign("robots.txt", "bad", "none came" if answer is None else str(reason))
    if answer.status >= 300:
        return _sign("robots.txt", "ok", f"none ({answer.status}): nothing is forbidden")
    rules = RobotsTxt.read(answer.body)
    named, _ = sitemaps.read(answer.url, answer.body)
    told = ["allowed" if rules.allows(visit.url) else "the page is forbidden"]
    told.append("no Crawl-delay" if rules.crawl_delay is None else f"Crawl-delay {rules.crawl_delay:g} s")
    told.append(f"{len(named)} sitemap{'' if len(named) == 1 else 's'}")
    if rules.opted_out:
        told.append(f"texts must not be used: {rules.opted_out}")
    grade = "bad" if not rules.allows(visit.url) else "look" if rules.opted_out else "ok"
    return _sign("robots.txt", grade, ", ".join(told))


def _answer(site: Site, page: Response) -> Sign:
    kind = site.kind(page.url)
    address = _KINDS.get(kind or "", "of no kind the site is known to have")
    told = f"{page.status}, {content_type(page) or 'no type'}, {len(page.body):,} bytes; its address is {address}"
    return _sign("page", "bad" if page.status >= 300 else "ok" if kind == "document" else "look", told)


_KINDS = {"document": "a document's", "listing": "a page of links'", "part": "a later part's"}


def of_page(site: Site, page: Response) -> Iterator[Sign]:
    """Yield what a page shows of encoding, walls, template, title, facts, text, noise and truncation."""
    known = bool(page.url)
    document = clean(
        Page(body=page.body, url=page.url or None, source=site.name or None, content_type=content_type(page))
    )
    yield _encoding(page)
    wall, wishes = bad_page(document), Wishes.of(page)
    told = f"shows {wall.reason} in place of a document" if wall else "none"
    yield _sign("wall", "bad" if wall else "ok", told)
    yield _sign("opt-out", "look" if wishes.opted_out else "ok", wishes.opted_out or "none")
    yield _template(site, document)
    yield _sign("title", "ok" if document.title else "look", document.title or "none found")
    yield _facts(document, known=known)
    yield _text(document)
    yield _noise(document)
    yield _sign(
        "truncated", "look" if document.truncated is None else "ok", verdict(document.truncated, document.truncation)
    )


def _encoding(page: Response) -> Sign:
    read, said = decode(page.body, content_type(page)), sorted(declared(page.body, content_type(page)))
    told = f"declared {', '.join(said) or 'nowhere'}, found {read.encoding}"
    if read.bad:
        return _sign("encoding", "bad", f"{told}; {read.bad} characters cannot be read")
    return _sign("encoding", "look" if said and said != [read.encoding] else "ok", told)


def _template(site: Site, document: Document) -> Sign:
    as_known = document.template == site.template
    told = document.template if as_known or not site.template else f"{document.template}, not {site.template}"
    return _sign("template", "ok" if as_known else "look", told)


def _facts(document: Document, *, known: bool) -> Sign:
    stated = {"created": document.created, **asdict(document.metadata)}
    found = [name for name, value in stated.items() if value and (name != "doc_id" or known)]
    return _sign("facts", "ok" if found else "look", ", ".join(found) or "none found")


def _text(document: Document) -> Sign:
    if document.sha256 is None:
        return _sign("text", "bad", f"none: {', '.join(document.flags)}")
    size, kept = len(document.text), len(document.text) / max(len(document.page_text), 1)
    usual = KEPT[0] <= kept <= KEPT[1] and size >= SHORTEST
    return _sign("text", "ok" if usual else "look", f"{size:,} characters, {kept:.0%} of the page")


def _noise(document: Document) -> Sign:
    hits = Counter(edit.rule for edit in document.edits)
    top = ", ".join(f"{rule} {count}" for rule, count in hits.most_common(NOISE_SHOWN))
    more = f" and {len(hits) - NOISE_SHOWN} rules more" if len(hits) > NOISE_SHOWN else ""
    return _sign("noise", "ok" if hits else "look", f"{top}{more}" if hits else "no rule hit")


def _sign(what: str, grade: str, told: str) -> Sign:
    return Sign(what=what, verdict=grade, told=told)
