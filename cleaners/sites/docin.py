"""豆丁网's bookshelf: essays, whole, with blanks between the characters of a PDF."""

from cleaners.sites import Site

SITE = Site(
    name="docin",
    title="豆丁网",
    state="static text",
    seen="2026-11, stored pages",
    domains=("docin.com",),
    start=("https://bookshelf.docin.com/",),
    documents=(r"^/zuowen/view\.do\?id=\d+$",),
    explore=True,
)
