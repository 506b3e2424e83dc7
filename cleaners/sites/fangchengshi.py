"""写作方程式 and its sisters: the beginning of an office text in one paragraph, cut with dots."""

from cleaners.sites import Site

SITES = (
    Site(
        name="fangchengshi",
        title="写作方程式",
        template="teaser",
        state="static text",
        seen="2026-11, stored pages",
        domains=("xiezuofangchengshi.com",),
        start=("https://www.xiezuofangchengshi.com/",),
        documents=(r"^/doc/\d+\.html$",),
        explore=True,
    ),
    Site(
        name="jinrimiaobi",
        title="今日妙笔",
        template="teaser",
        state="static text",
        seen="2026-11, stored pages",
        domains=("jinrimiaobi.com",),
        start=("https://jinrimiaobi.com/",),
        documents=(r"^/doc/(?:tag-)?\d+\.html$",),
        explore=True,
    ),
    Site(
        name="biganzidoc",
        title="笔杆子文库",
        template="teaser",
        state="static text",
        seen="2026-11, stored pages",
        domains=("biganzidoc.com",),
        start=("https://biganzidoc.com/",),
        documents=(r"^/Office/tag/\w+\.html$",),
        explore=True,
    ),
)
