"""公文库 (gongwk): the text of a PDF, lines of 28 characters."""

from cleaners.sites import Site

SITE = Site(
    name="gongwk",
    title="公文库 (gongwk)",
    state="static text",
    seen="2026-11, stored pages",
    domains=("gongwk.com",),
    start=("https://www.gongwk.com/",),
    documents=(r"^/doc/\d+\.jhtml$",),
    explore=True,
)
