"""公务员之家: office texts behind an editor's lead."""

from cleaners.sites import Site

SITE = Site(
    name="gwyoo",
    title="公务员之家",
    state="static text",
    seen="2026-11, stored pages",
    domains=("gwyoo.com",),
    start=("https://gwyoo.com/",),
    documents=(r"^/article/(?:[a-z]+/){1,3}\d{6}/\d+\.html$",),
    explore=True,
)
