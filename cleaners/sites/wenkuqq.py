"""腾讯文库: the beginning of a text."""

from cleaners.sites import Site

SITE = Site(
    name="wenkuqq",
    title="腾讯文库",
    state="static text",
    seen="2026-11, stored pages",
    domains=("wenku.docs.qq.com",),
    start=("https://wenku.docs.qq.com/",),
    documents=(r"^/detail\?docId=\w+$",),
    explore=True,
)
