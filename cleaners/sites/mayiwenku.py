"""蚂蚁文库, of the big wenku CMS."""

from cleaners.sites import Site

SITE = Site(
    name="mayiwenku",
    title="蚂蚁文库",
    template="wenku_cms",
    state="shell",
    seen="2026-10, survey",
    domains=("mayiwenku.com",),
    start=("http://upload.mayiwenku.com/",),
    documents=(r"^/p-\d+\.html$",),
    explore=True,
    note="facts are in the page, the text comes by script; stored pages of upload.mayiwenku.com hold it",
)
