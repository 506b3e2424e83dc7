"""挂云帆: sections of textbooks."""

from cleaners.sites import Site

SITE = Site(
    name="guayunfan",
    title="挂云帆",
    state="static text",
    seen="2026-11, stored pages",
    domains=("guayunfan.com",),
    start=("https://www.guayunfan.com/",),
    documents=(r"^/[a-z]+/\d+\.html$",),
    explore=True,
)
