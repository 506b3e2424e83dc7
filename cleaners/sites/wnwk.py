"""蜗牛文库, of the big wenku CMS."""

from cleaners.sites import Site

SITE = Site(
    name="wnwk",
    title="蜗牛文库",
    template="wenku_cms",
    state="static text",
    seen="2026-11, stored pages",
    domains=("wnwk.com",),
    start=("https://wnwk.com/",),
    documents=(r"^/doc/\d+\.html$",),
    explore=True,
)
