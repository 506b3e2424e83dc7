"""留学生网: model texts."""

from cleaners.sites import Site

SITE = Site(
    name="lxs",
    title="留学生网",
    state="static text",
    seen="2026-11, stored pages",
    domains=("lxs.net",),
    start=("https://lxs.net/",),
    documents=(r"^/read-blog/\d+$",),
    explore=True,
)
