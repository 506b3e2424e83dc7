"""参考网: papers of journals."""

from cleaners.sites import Site

SITE = Site(
    name="fx361",
    title="参考网",
    template="fx361",
    state="static text",
    seen="2026-11, stored pages",
    domains=("fx361.cc", "fx361.com"),
    start=("https://www.fx361.cc/",),
    documents=(r"^/page/\d{4}/\d{4}/\d+\.shtml$", r"^/news/\d{4}/\d{4}/\d+\.html$"),
    explore=True,
)
