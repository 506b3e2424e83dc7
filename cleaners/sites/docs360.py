"""360文档中心 and its sisters: a document at `/doc/HEX.html`, its text without a frame."""

from cleaners.sites import Site

SITES = (
    Site(
        name="docs360",
        title="360文档中心",
        template="docs360",
        state="static text",
        seen="2026-11, stored pages",
        domains=("360docs.net",),
        start=("https://www.360docs.net/",),
        documents=(r"^/doc/[0-9a-f]{8,16}\.html$",),
        explore=True,
    ),
    Site(
        name="doczj",
        title="文档之家",
        template="docs360",
        state="gone",
        seen="2026-10, survey",
        domains=("doczj.com",),
        start=("https://www.doczj.com/",),
        documents=(r"^/doc/[0-9a-f]{8,16}\.html$",),
        explore=True,
    ),
    Site(
        name="sodocs",
        title="搜档网",
        template="docs360",
        state="static text",
        seen="2026-11, stored pages",
        domains=("sodocs.net",),
        start=("https://www.sodocs.net/",),
        documents=(r"^/doc/[0-9a-f]{8,16}\.html$",),
        explore=True,
    ),
)
