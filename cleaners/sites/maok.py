"""Previews of speeches."""

from cleaners.sites import Site

SITE = Site(
    name="maok",
    title="maok.cn",
    state="static text",
    seen="2026-11, stored pages",
    domains=("maok.cn",),
    start=("https://maok.cn/",),
    documents=(r"^/index\.php\?(?=.*\bc=preview\b)(?:.*&)?id=\d+",),
    explore=True,
)
