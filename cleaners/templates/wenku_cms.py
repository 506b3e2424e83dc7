"""The big wenku CMS (淘文阁, 三一办公, 冰豆网, 人人文库, 金锄头, 咨信网 and many more; research: 32 domains)."""

from cleaners.templates import Block, Template

TEMPLATE = Template(
    name="wenku_cms",
    why="resource card, share sentence, captions, text cut into pieces of 300 characters",
    signs=(
        "card.resource",
        "card.format",
        "card.uploader_line",
        "share.sentence",
        "share.caption",
        "share.counter",
        "share.label",
        "legal.keyword_block",
        "legal.renrendoc",
        "tips.pdf",
        "cut.read_pages",
        "cut.beyond_preview",
        "cut.whole",
        "legal.member_upload",
    ),
    need=1,
    has_chunks=True,
    blocks=(
        Block(
            id="wenku_cms.keywords",
            why="keyword list below `关 键 词`: words with blanks between, no sentence",
            begin=r"关 +键 +词 ?:",
            inner=r"[^。;!?]{1,200}",
            lines=1,
            states="keywords",
        ),
    ),
)
