"""查字典论文网: papers and 范文."""

from cleaners.sites import Site

SITE = Site(
    name="chazidian",
    title="查字典论文网",
    state="static text",
    seen="2026-11, stored pages",
    domains=("chazidian.com",),
    start=("http://fanwen.chazidian.com/",),
    documents=(r"^/lw/[a-z]+/\d+/$",),
    explore=True,
)
