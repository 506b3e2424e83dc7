"""新文秘网: speeches with the middle left out; Traditional mirrors of it carry pinyin after characters."""

from cleaners.sites import Site

SITE = Site(
    name="wm114",
    title="新文秘网",
    template="wm114",
    domains=("wm114.cn", "jey722.cn"),
    start=("http://www.wm114.cn/",),
    documents=(r"^/wen/\d+/\d+\.html?$",),
    listings=(r"^/$", r"^/wen/(?:\d+/)?(?:index(?:_\d+)?\.html?)?$"),
    parts=r"^(?P<first>/wen/\d+/\d+)_(?P<page>\d+)\.html?$",
)
