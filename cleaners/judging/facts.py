"""Facts of a document: what the page's blocks state, put together; conflicts go to the block of the lowest rank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlsplit

from cleaners.model import Metadata, Spun
from cleaners.rules.rule import Hit

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]?(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_THOUSANDS = re.compile(r"(\d{1,6}(?:\.\d{1,2})?) ?([万wWkK])\+?")
_QUERY_IDS = ("docid", "articleid", "id", "tid", "aid")
_NUMBERS = re.compile(r"(?:^|[a-z]-|_)((?:\d{1,6}-)??(?:\d{2,20}|[0-9a-f]{8,64}))(?:[-_]\d{1,2}){0,2}$")
_TAG = re.compile(r"tag-\d+")
_DIRECTORY = re.compile(r"\d{4,20}")
_CALENDAR = re.compile(r"(?:19|20)\d\d(?:(?:0\d|1[0-2])(?:(?:[0-2]\d|3[01])\d{0,6})?)?|(?:0\d|1[0-2])(?:[0-2]\d|3[01])")
_DAY_FOLDERS = re.compile(r"/((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])(?=/)")
_NAME = re.compile(r"[0-9A-Za-z=]{6,20}")
_NOBODY = re.compile(
    r"(?i)本[站网]|佚名|.{0,4}网络|互联网|会员上传|管理员|未知|不详|匿名|(?:本站)?原创|转[载帖]|其他|admin|\d+|https?://.*"
    r"|网友投稿|网络整理|name, ?.*|discuz!? .*|administrator"
    r"|.{0,4}(?:时间|日期|发[布表]|更新|编辑|修改|回复|交易|于)|date|posted|published|updated|by"
)
"""What stands in the place of an author or a source where the page knows none, and labels of other facts."""


def collect_facts(hits: Iterable[Hit]) -> dict[str, str]:
    """Return every fact that the page states, each from the block that ranks first; a day with its time, if any."""
    facts: dict[str, str] = {}
    days: list[str] = []
    for hit in sorted(hits, key=lambda hit: (hit.rule.rank, hit.start)):
        for name, value in hit.facts.items():
            if is_fact(name, value.strip()):
                facts.setdefault(name, value.strip())
        if "published" in hit.facts and (day := published_time(hit.facts["published"].strip())):
            days.append(day)
    if days and (timed := next((day for day in days if day.startswith(f"{days[0]}T")), None)):
        facts["published"] = timed
    return facts


def is_fact(name: str, value: str) -> bool:
    """Whether a page states something of that name: an author or a source may be a label, or nobody."""
    return name not in ("uploader", "source") or names_somebody(value)


def names_somebody(stated: str) -> bool:
    """Whether what stands in the place of an author or a source is the name of one."""
    return not _NOBODY.fullmatch(stated)


def metadata(facts: Mapping[str, str], url: str | None, spun: Spun | None = None) -> Metadata:
    """Return the facts of the file as the record wants them; the address gives the id where no block does."""
    return Metadata(
        doc_id=facts.get("doc_id") or _address_id(url),
        format=facts.get("format"),
        pages=_total(facts),
        size=facts.get("size"),
        price=facts.get("price"),
        uploader=facts.get("uploader"),
        source_name=facts.get("source"),
        views=_number(facts.get("views")),
        category=facts.get("category"),
        keywords=tuple(facts.get("keywords", "").split()),
        outline=tuple(line for line in facts.get("outline", "").split("\n") if line.strip(" .…")),
        spun=spun,
    )


@lru_cache(maxsize=256)  # that of a page is asked for again when its facts are put together
def published_time(stated: str | None) -> str | None:
    """Return a stated date, with its time if it has one, as ISO 8601; None if it is none.

    >>> published_time("2023/8/6 21:04:19")
    '2023-08-06T21:04:19'
    """
    found = _DATE.match(stated or "")
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in found.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60 and second < 60):
        return None
    date = f"{year:04}-{month:02}-{day:02}"
    return f"{date}T{hour:02}:{minute:02}:{second:02}" if found.group(4) else date


def address_day(url: str | None) -> str | None:
    """Return the day that the folders of an address name, as ISO 8601: sites file their pages by the day they publish.

    >>> address_day("http://www.example.cn/2011/0414/604467.shtml")
    '2011-04-14'
    """
    parts = split_address(url)
    found = _DAY_FOLDERS.search(parts.path) if parts else None
    return "-".join(found.groups()) if found else None


def split_address(url: str | None) -> SplitResult | None:
    """Return the parts of an address, None for none and for one that has no such parts."""
    try:
        return urlsplit(url) if url else None
    except ValueError:
        return None


def _total(facts: Mapping[str, str]) -> int | None:
    """Return the page count; where only shown and unread pages are stated, their sum."""
    shown, left = _number(facts.get("pages_shown")), _number(facts.get("pages_left"))
    return _number(facts.get("pages")) or (shown + left if shown and left else None)


def _number(stated: str | None) -> int | None:
    digits = (stated or "").replace(",", "")
    if found := _THOUSANDS.fullmatch(digits):
        return round(float(found[1]) * (1000 if found[2] in "kK" else 10_000))
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _address_id(url: str | None) -> str | None:
    """Return the document's number in its address, without the page of a split one."""
    parts = split_address(url)
    if not parts:
        return None
    query = {name.lower(): value for name, value in parse_qsl(parts.query)}
    if found := next((query[name] for name in _QUERY_IDS if query.get(name)), None):
        return found
    *above, last = parts.path.rstrip("/").rsplit("/", 2)
    stem = last.split(".", 1)[0]
    if _TAG.fullmatch(stem):
        return stem
    if number := _NUMBERS.search(stem):
        number_of_file = number.group(1)
        directory = above[-1] if above else ""
        if stem == number.group() and _DIRECTORY.fullmatch(directory) and not _CALENDAR.fullmatch(directory):
            return f"{directory}/{number_of_file}"
        return str(number_of_file)
    return stem if _NAME.fullmatch(stem) and any(c.isdigit() for c in stem) else None
