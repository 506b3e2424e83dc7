"""Addresses: mailboxes in all spellings, and the places whose digits are no numbers (links, DOI, paths of files)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MAX_LOCAL = 64
_LOCAL = re.compile(r"[A-Za-z0-9_%+-][A-Za-z0-9._%+-]*\Z")
_NO_MAILBOX = re.compile(r"://[^\s/@]*\Z|(?:\A|[^A-Za-z0-9._%+-])(?:git|svn|hg)\Z", re.IGNORECASE)
"""Before the sign: a user of a link, or the one user of all repositories."""
_PROVIDERS = r"(?:163|126|139|189|qq|vip\.qq|foxmail|sina|sohu|gmail|hotmail|outlook|yeah|aliyun|21cn|tom|yahoo)"
_ENDINGS = r"(?:com|cn|net|org|edu|gov|info|cc|vip|top|xyz)"
_DOT = r"(?: ?[.。] ?| ?[(\[<{【] ?(?:dot|点|\.) ?[)\]>}】] ?)"
_FILES = "(?:svg|png|jpe?g|gif|webp|ico|css|[jt]sx?|json|xml|html?|php|aspx?|jsp|pdf|docx?|xlsx?|pptx?|txt|wps|csv)"
_KNOWN = rf"(?:[A-Za-z0-9-]{{1,63}}{_DOT}){{1,5}}{_ENDINGS}(?![A-Za-z-]|\.[A-Za-z])"
_DOMAIN = (
    rf"(?:{_KNOWN}|(?![0-9]x\.)(?:[A-Za-z0-9-]{{1,63}}\.){{1,5}}(?!{_FILES}(?![A-Za-z]))[A-Za-z]{{2,24}}"
    r"(?!\.?[A-Za-z]|[(\[]))"
)  # logo@2x.png, author-@name.svg, x@w.dot(y)
_AT = re.compile(
    rf"(?:(?: {{0,2}}@ {{1,2}}|@| {{0,3}}[(\[<{{【] ?(?:at|@|艾特) ?[)\]>}}】] {{0,2}})(?![0-9]{{1,4}}\.[0-9]){_DOMAIN}"
    rf"| {{1,2}}@{_KNOWN})(?!:[A-Za-z0-9_.~-]{{0,64}}/)"
    rf"|(?: {{0,2}}[#*] ?{_PROVIDERS}[.。]| {{1,3}}at {_PROVIDERS} dot | {{0,3}}艾特 ?{_PROVIDERS}[.。点]"
    rf"|[-_]at[-_]{_PROVIDERS}\.)"
    r"(?:com(?:\.cn)?|net|cn)(?![A-Za-z-])",
    re.IGNORECASE,
)  # pkg@1.0.beta, if @api.call, host:path
_URL = r"[A-Za-z0-9._~:/?#@!$&*+=%-]"
_PLACE = re.compile(
    rf"(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]{{1,15}}://{_URL}+|(?<![A-Za-z0-9.-])(?:[a-z0-9-]{{1,63}}\.){{1,5}}[a-z]{{2,6}}/{_URL}+"
    rf"|(?<![0-9.])10\.[0-9]{{4,9}}/{_URL}+|(?<![A-Za-z0-9])[a-z]:\\[^\s,;。]+|(?<![A-Za-z0-9.~/-])~?(?:/[a-z][A-Za-z0-9._-]{{0,63}})+/{_URL}+",
    re.IGNORECASE,
)


def mailboxes(seen: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every mailbox in a view, in order; users of links and repositories are none."""
    last = 0
    for at in _AT.finditer(seen):
        begin = max(last, at.start() - _MAX_LOCAL)
        before = seen[begin : at.start()]
        if (local := _LOCAL.search(before)) and not _NO_MAILBOX.search(before):
            last = at.end()
            yield begin + local.start(), last


def places(seen: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every link, DOI and path in a view, in order."""
    if "/" in seen or "\\" in seen:
        for place in _PLACE.finditer(seen):
            yield place.span()
