"""安全人之家: download pages whose only text describes the document."""

from cleaners.sites import Site

SITE = Site(
    name="aqrzj",
    title="安全人之家",
    state="static text",
    seen="2026-11, stored pages",
    domains=("aqrzj.com",),
    start=("https://www.aqrzj.com/",),
    documents=(r"^/docdown/\d+\.html$",),
    explore=True,
)
