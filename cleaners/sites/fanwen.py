"""Large 范文 sites on one engine: title, time with channel and 我要投稿, title, an editor's lead, numbered texts."""

from cleaners.sites import Site

SITES = tuple(
    Site(
        name=name,
        title=title,
        template="fanwen",
        state="static text",
        seen="2026-11, stored pages",
        domains=(domain,),
        start=(start,),
        documents=(r"^/[a-z]+/(?:[a-z]+/)?(?:article_)?\d+\.html$", r"^/word/[a-z0-9]+\.html$"),
        explore=True,
    )
    for name, title, domain, start in (
        ("gaozihui", "稿子汇", "gaozihui.com", "https://gaozihui.com/"),
        ("kaoke", "kaoke.com", "kaoke.com", "https://www.kaoke.com/"),
        ("kuwen", "kuwen.com", "kuwen.com", "https://www.kuwen.com/"),
        ("riji", "riji.net", "riji.net", "https://riji.net/"),
        ("ruiwen", "瑞文网", "ruiwen.com", "https://www.ruiwen.com/"),
        ("xuetan", "xuetan.com", "xuetan.com", "https://www.xuetan.com/"),
        ("yimeian", "范文派", "yimeian.cn", "http://zongjie.yimeian.cn/"),
        ("yuwenmi", "yuwenmi.com", "yuwenmi.com", "http://yuwenmi.com/"),
        ("yxfanwen", "yxfanwen.com", "yxfanwen.com", "https://yxfanwen.com/"),
    )
)
