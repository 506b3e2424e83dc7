"""装配图网, of the big wenku CMS."""

from cleaners.sites import Site

SITE = Site(
    name="zhuangpeitu",
    title="装配图网",
    template="wenku_cms",
    state="static text",
    seen="2026-11, stored pages",
    domains=("zhuangpeitu.com",),
    start=("https://www.zhuangpeitu.com/",),
    documents=(r"^/article/\d+\.html$",),
    explore=True,
)
