"""作文 and speeches of schools."""

from cleaners.sites import Site

SITE = Site(
    name="zuowencn",
    title="zuowen.com.cn",
    state="static text",
    seen="2026-11, stored pages",
    domains=("zuowen.com.cn",),
    start=("http://m.zuowen.com.cn/",),
    documents=(r"^/word/[a-z0-9]+\.html$",),
    explore=True,
)
