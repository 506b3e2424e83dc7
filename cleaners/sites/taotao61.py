"""淘文库: size, date and notices, then the text."""

from cleaners.sites import Site

SITE = Site(
    name="taotao61",
    title="淘文库",
    state="static text",
    seen="2026-11, stored pages",
    domains=("61taotao.com",),
    start=("https://61taotao.com/",),
    documents=(r"^/office/\d+\.html$",),
    explore=True,
)
