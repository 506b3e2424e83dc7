"""新文秘网: speeches with the middle left out; Traditional mirrors of it (jey722.cn) carry pinyin after characters."""

from cleaners.sites import Site

SITE = Site(
    name="wm114",
    title="新文秘网",
    template="wm114",
    state="static text",
    seen="2026-11, stored pages",
    domains=("wm114.cn", "jey722.cn"),
    start=("http://www.wm114.cn/", "http://www.wm114.cn/wen/{category}/"),
    sitemaps=("http://www.wm114.cn/robots.txt",),
    documents=(r"^/wen/\d+/\d+\.html?$",),
    listings=(r"^/(?:index\.html?)?$", r"^/wen/(?:\d+/)?(?:index(?:_\d+)?\.html?)?$"),
    parts=r"^/wen/\d+/\d+(?P<part>_(?P<page>\d{1,3}))\.html?$",
)
