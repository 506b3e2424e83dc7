"""公文库: long first paragraphs of office texts."""

from cleaners.sites import Site

SITE = Site(
    name="gongwenku1",
    title="公文库",
    state="static text",
    seen="2026-11, stored pages",
    domains=("gongwenku1.com",),
    start=("https://www.gongwenku1.com/",),
    documents=(r"^/index\.php\?id=\d+$",),
    explore=True,
)
