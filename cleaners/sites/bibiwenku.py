"""笔笔文库: speeches and office texts, the first paragraphs shown, the rest behind a login."""

from cleaners.sites import Site

SITE = Site(
    name="bibiwenku",
    title="笔笔文库",
    template="bibiwenku",
    domains=("bibiwenku.com",),
    start=("http://www.bibiwenku.com/", "http://www.bibiwenku.com/index/article/lists/cate/{category}.html"),
    sitemaps=("http://www.bibiwenku.com/robots.txt",),
    documents=(r"^//?index/article/detail/detail_id/\d+\.html$",),
    listings=(r"^/$", r"^//?index(?:\.html|/index|/article/(?:index|lists?))(?:[/.?].*)?$"),
)
