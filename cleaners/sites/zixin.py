"""咨信网, of the big wenku CMS."""

from cleaners.sites import Site

SITE = Site(
    name="zixin",
    title="咨信网",
    template="wenku_cms",
    state="static text",
    seen="2026-11, stored pages",
    domains=("zixin.com.cn",),
    start=("https://zixin.com.cn/",),
    documents=(r"^/doc/(?P<id>\d+)\.html$", r"^/docdown/(?P<id>\d+)\.html$"),
    explore=True,
)
