"""范文圈: a preview in one paragraph, then a login."""

from cleaners.sites import Site

SITE = Site(
    name="fanwenq",
    title="范文圈",
    state="static text",
    seen="2026-11, stored pages",
    domains=("fanwenq.com",),
    start=("https://www.fanwenq.com/",),
    documents=(r"^/UserLookArticle\.asp\?ArticleID=[0-9a-f]{16}$",),
    explore=True,
)
