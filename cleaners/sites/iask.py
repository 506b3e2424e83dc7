"""爱问共享资料: a summary made of the title, then the beginning of the text."""

from cleaners.sites import Site

SITE = Site(
    name="iask",
    title="爱问共享资料",
    state="gone",
    seen="2026-10, survey",
    domains=("iask.sina.com.cn",),
    documents=(r"^/(?:f|zw)/\w{8,16}\.html$",),
)
