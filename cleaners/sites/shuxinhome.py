"""书信之家: letters and contracts."""

from cleaners.sites import Site

SITE = Site(
    name="shuxinhome",
    title="书信之家",
    state="static text",
    seen="2026-11, stored pages",
    domains=("shuxinhome.cn",),
    start=("http://www.shuxinhome.cn/",),
    documents=(r"^/[a-z]+/\d+\.html$",),
    explore=True,
)
