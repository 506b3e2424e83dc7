"""写写帮文库: several texts on a page."""

from cleaners.sites import Site

SITE = Site(
    name="xiexiebang",
    title="写写帮文库",
    state="static text",
    seen="2026-11, stored pages",
    domains=("xiexiebang.com",),
    start=("https://xiexiebang.com/",),
    documents=(r"^/(?:a\d+/\d+|fanwen/[a-z]+)/[0-9a-f]{16}\.html$",),
    explore=True,
)
