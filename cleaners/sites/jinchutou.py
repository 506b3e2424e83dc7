"""金锄头文库, of the big wenku CMS."""

from cleaners.sites import Site

SITE = Site(
    name="jinchutou",
    title="金锄头文库",
    template="wenku_cms",
    state="alive",
    seen="2026-10, survey",
    domains=("jinchutou.com",),
    start=("https://www.jinchutou.com/",),
    documents=(r"^/shtml/view-\d+\.html$", r"^/p-\d+\.html$", r"^/shtml/[0-9a-f]{16,40}\.html$"),
    explore=True,
    note="/p-ID.html leads on to /shtml/HASH.html",
)
