"""tongfahg: office texts behind an editor's lead."""

from cleaners.sites import Site

SITE = Site(
    name="tongfahg",
    title="tongfahg.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("tongfahg.com",),
    start=("https://tongfahg.com/",),
    documents=(r"^/fanwendaquan/[a-z]+/\d+\.html$",),
    explore=True,
)
