"""365docx: texts without a frame."""

from cleaners.sites import Site

SITE = Site(
    name="docx365",
    title="365docx.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("365docx.com",),
    start=("https://365docx.com/",),
    documents=(r"^/view/[0-9a-f]{10}\.html$",),
    explore=True,
)
