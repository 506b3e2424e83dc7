"""Sites of ghost-writers: the beginning of an office text, then whom to ask for the rest."""

from cleaners.sites import Site

SITES = tuple(
    Site(
        name=name,
        title=title,
        template="ghostwriter",
        state="static text",
        seen="2026-11, stored pages",
        domains=(domain,),
        start=(start,),
        documents=(r"^/news/\d+\.html$",),
        explore=True,
    )
    for name, title, domain, start in (
        ("huaboedu", "华博范文网", "huaboedu.com", "https://m.huaboedu.com/"),
        ("sanweiyuan", "三味园范文网", "sanweiyuan.com", "http://m.sanweiyuan.com/"),
        ("deyu7rdy", "德育素材网", "7rdy.cn", "http://m.7rdy.cn/"),
    )
)
