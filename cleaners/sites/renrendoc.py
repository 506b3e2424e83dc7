"""人人文库, of the big wenku CMS."""

from cleaners.sites import Site

SITE = Site(
    name="renrendoc",
    title="人人文库",
    template="wenku_cms",
    state="alive",
    seen="2026-10, survey",
    domains=("renrendoc.com",),
    start=("https://www.renrendoc.com/",),
    documents=(r"^/paper/\d+\.html$", r"^/p-\d+(?:-\d+)?\.html$"),
    explore=True,
    note="/paper/ID and /p-ID count apart; /p-ID-ID is a file of an archive",
)
