"""公文网: the text of a PDF behind facts on lines of their own."""

from cleaners.sites import Site

SITE = Site(
    name="gongwen",
    title="公文网",
    state="static text",
    seen="2026-11, stored pages",
    domains=("gongwen.com.cn",),
    start=("https://gongwen.com.cn/",),
    documents=(r"^/doc/\d+\.html$",),
    explore=True,
)
