"""淘文阁, a site of the big wenku CMS: preview pages `/p-ID.html`, download pages `/d-ID.html`."""

from cleaners.sites import Site

SITE = Site(
    name="taowenge",
    title="淘文阁",
    template="wenku_cms",
    state="static text",
    seen="2026-11, stored pages",
    domains=("taowenge.com",),
    names=("淘文阁 - 分享文档赚钱的网站", "淘文阁网"),
    start=("https://www.taowenge.com/", "https://www.taowenge.com/c-{category}.html"),
    sitemaps=("https://www.taowenge.com/robots.txt",),
    documents=(r"^/p-(?P<id>\d+)\.html$", r"^/d-(?P<id>\d+)\.html$"),
    listings=(r"^/(?:index\.html)?$", r"^/c-\d+(?:-\d+)*\.html(?:\?.*)?$"),
)
