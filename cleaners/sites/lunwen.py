"""中国论文网: papers."""

from cleaners.sites import Site

SITE = Site(
    name="lunwen",
    title="中国论文网",
    state="static text",
    seen="2026-11, stored pages",
    domains=("lunwen.net.cn",),
    start=("http://www.lunwen.net.cn/",),
    documents=(r"^/lunwen/[a-z]+/\d+\.html$",),
    explore=True,
)
