"""The big wenku CMS where its pages are called as it calls them: previews `/p-ID.html`, downloads `/d-ID.html`."""

from cleaners.sites import Site

SITES = tuple(
    Site(
        name=name,
        title=title,
        template="wenku_cms",
        state="static text",
        seen="2026-11, stored pages",
        domains=(domain,),
        start=(start,),
        documents=(r"^/p-(?P<id>\d+)\.html$", r"^/d-(?P<id>\d+)\.html$"),
        explore=True,
    )
    for name, title, domain, start in (
        ("doc31", "三一文库", "31doc.com", "https://31doc.com/"),
        ("ppt31", "三一办公", "31ppt.com", "https://www.31ppt.com/"),
        ("bingdoc", "冰点文库", "bingdoc.com", "https://www.bingdoc.com/"),
        ("desk33", "课桌文档", "desk33.com", "https://desk33.com/"),
        ("docduoduo", "道客多多", "docduoduo.com", "https://m.docduoduo.com/"),
        ("mydoc123", "麦多课", "mydoc123.com", "http://m.mydoc123.com/"),
        ("wenke99", "文客久久", "wenke99.com", "https://m.wenke99.com/"),
        ("wenku163", "163文库", "163wenku.com", "https://163wenku.com/"),
        ("wenkunet", "文库网", "wenkunet.com", "https://m.wenkunet.com/"),
        ("wodocx", "沃文网", "wodocx.com", "http://wodocx.com/"),
    )
)
