"""HTML's elements by what their names say of the text in them."""

from __future__ import annotations

from cleaners.reading.markup import Region, Unshown

SPACE = r" \t\n\r\f"
"""HTML's white space, as a class of a pattern holds it."""

BLOCKS = frozenset(
    """
    address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol optgroup
    option p plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul xmp
    """.split()  # noqa: SIM905
)
"""Elements that end a line where they begin and where they end. All others, unknown ones too, are part of a line."""
LEAVES = frozenset(("br", "hr", "html", "body", "head", "textarea", "plaintext", "tbody", "thead", "tfoot"))
"""Blocks that are no containers of their own."""
KEPT_SPACE = frozenset(("pre", "listing", "textarea", "xmp"))
TABLES = frozenset(("table", "tr", "td", "th"))
PLAIN_BLOCKS = BLOCKS - KEPT_SPACE - TABLES - {"br", "h1"}
"""Blocks of which nothing counts but that lines and elements begin and end with them."""
IGNORED = frozenset(
    (
        *("area", "base", "bgsound", "col", "embed", "img", "keygen", "link", "param", "source", "track", "wbr"),
        *("circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "stop", "use"),
    )
)
"""Elements without content that say nothing of the text around them."""
SKIPPED = frozenset(("script", "style", "template", "noscript", "iframe", "noembed", "noframes", "title"))
"""Elements whose text is not the page's; the page's own `title` is given apart."""
WHOLE = SKIPPED | {"textarea", "xmp"}
"""Elements taken in one piece up to their own end tag; one that never ends is none, its text is the page's."""
CODE = frozenset(("script", "style"))
"""Elements of code: of one that never ends, the page goes on at the first tag that stands in no string."""
FALLBACKS = frozenset(("noscript", "noframes"))
"""Elements whose content is shown where scripts or frames are not."""
READ_APART = CODE | FALLBACKS
"""Elements whose content is handed on as it is: it may state facts, or be the page where its scripts are not run."""
LAZY = "lazy-template"
"""The element that stands for a `textarea` with markup in it: a block that a script would show later."""
ANCHOR = "heading-anchor"
"""The element that stands for an `a` in a heading of which it is only known at its end whether it holds a word."""
UNSHOWN = {
    LAZY: Unshown.FALLBACK,
    ANCHOR: Unshown.CONTROL,
    **dict.fromkeys(("video", "audio", "object", "canvas", "svg", "applet"), Unshown.FALLBACK),
    **dict.fromkeys(("select", "option", "optgroup", "datalist", "button"), Unshown.CONTROL),
    **dict.fromkeys(("rt", "rp", "rtc"), Unshown.RUBY),
}
"""Elements whose text is none of the page."""
REGIONS = {
    "main": Region.MAIN,
    "article": Region.MAIN,
    "header": Region.HEADER,
    "nav": Region.NAV,
    "aside": Region.ASIDE,
    "footer": Region.FOOTER,
    "form": Region.FORM,
    "dialog": Region.DIALOG,
    "figure": Region.FIGURE,
    "search": Region.FORM,
}
ROLES = {
    "main": Region.MAIN,
    "article": Region.MAIN,
    "banner": Region.HEADER,
    "navigation": Region.NAV,
    "complementary": Region.ASIDE,
    "contentinfo": Region.FOOTER,
    "search": Region.FORM,
    "form": Region.FORM,
    "dialog": Region.DIALOG,
    "alertdialog": Region.DIALOG,
    "menu": Region.NAV,
    "menubar": Region.NAV,
    "figure": Region.FIGURE,
}
LISTS = frozenset(("ul", "ol", "dl", "menu", "dir"))
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CELLS = frozenset(("td", "th", "tr"))
SELF_CLOSING = {
    "li": (("li",), ("ul", "ol", "menu", "dir")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "tr": (("td", "th", "tr"), ("table",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    "option": (("option",), ("select", "datalist")),
    "optgroup": (("option", "optgroup"), ("select",)),
    "rt": (("rt", "rp"), ("ruby",)),
    "rp": (("rt", "rp"), ("ruby",)),
}
"""Elements whose start tag ends open ones of these names, unless one of those stands between."""
SCOPES = frozenset(("table", "td", "th", "caption", "object", "template", "button", "svg", "dialog"))
"""Elements beyond which an end tag in them closes nothing."""
