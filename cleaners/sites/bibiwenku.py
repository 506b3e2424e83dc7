"""笔笔文库 and its sisters: speeches and office texts, the first paragraphs shown, the rest behind a login."""

from cleaners.sites import Site

SITES = tuple(
    Site(
        name=name,
        title=title,
        template="bibiwenku",
        state="static text",
        seen="2026-11, stored pages",
        domains=(domain,),
        start=(f"{root}/", f"{root}/index/article/lists/cate/{{category}}.html"),
        sitemaps=(f"{root}/robots.txt",),
        documents=(r"^//?index/article/detail/detail_id/\d+\.html$",),
        listings=(r"^/$", r"^//?index(?:\.html|/index|/article/(?:index|lists?))(?:[/.?].*)?$"),
    )
    for name, title, domain, root in (
        ("bgzsck", "办公知识参考", "bgzsck.com", "https://bgzsck.com"),
        ("bibiwenku", "笔笔文库", "bibiwenku.com", "http://www.bibiwenku.com"),
        ("blingdoc", "blingdoc.com", "blingdoc.com", "http://blingdoc.com"),
    )
)
