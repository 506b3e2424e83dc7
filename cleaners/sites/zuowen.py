"""The engine of 作文 sites whose byline names who recommends a text and how often it was read."""

from cleaners.sites import Site

SITES = tuple(
    Site(
        name=name,
        title=title,
        template="zuowen",
        state="static text",
        seen="2026-11, stored pages",
        domains=(domain,),
        start=(start,),
        documents=(r"^/[a-z]+/[a-z]+/[a-z0-9]+\.html$",),
        explore=True,
    )
    for name, title, domain, start in (
        ("bqzwb", "笔趣作文班", "bqzwb.com", "https://www.bqzwb.com/"),
        ("xiezuofang", "写作坊", "xiezuofang.com", "https://www.xiezuofang.com/"),
        ("xiezuogu", "xiezuogu.com", "xiezuogu.com", "https://www.xiezuogu.com/"),
    )
)
