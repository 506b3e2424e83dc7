"""笔杆子 (qidianling): short previews."""

from cleaners.sites import Site

SITE = Site(
    name="biganzi",
    title="笔杆子",
    state="static text",
    seen="2026-11, stored pages",
    domains=("biganzi.qidianling.com",),
    start=("https://biganzi.qidianling.com/",),
    documents=(r"^/document/detail\.html\?id=\d+$",),
    explore=True,
)
