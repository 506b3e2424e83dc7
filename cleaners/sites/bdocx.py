"""冰豆网, of the big wenku CMS."""

from cleaners.sites import Site

SITE = Site(
    name="bdocx",
    title="冰豆网",
    template="wenku_cms",
    state="static text",
    seen="2026-11, stored pages",
    domains=("bdocx.com",),
    start=("https://bdocx.com/",),
    documents=(r"^/doc/(?P<id>\d+)\.html$", r"^/down/(?P<id>\d+)\.html$"),
    explore=True,
)
