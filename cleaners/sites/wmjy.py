"""文秘家园: office texts, and how long each is."""

from cleaners.sites import Site

SITE = Site(
    name="wmjy",
    title="文秘家园",
    state="static text",
    seen="2026-11, stored pages",
    domains=("wmjy.cn",),
    start=("https://wmjy.cn/",),
    documents=(r"^/wenmi/\d+\.html$",),
    explore=True,
)
