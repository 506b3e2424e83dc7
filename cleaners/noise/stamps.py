"""What other libraries and uploaders stamped into the document itself: slogans, dash rules, page stamps with a slogan."""

from cleaners.noise.boilerplate_wording import KIND
from cleaners.rules.rule import Position, Rule

RULES = (
    Rule(
        id="stamp.slogan",
        why="slogan of another library inside the document",
        position=Position.ANY,
        span=True,
        required_literals=("奉上", "品文", "值得", "苦作", "佚名"),
        pattern=(
            r"精选优质文档-{2,8}倾情为你奉上|【精品文档】(?:如有侵权,请联系网站删除,仅供学习与交流)?|\.精品文档\."
            r"|-{3,}各类专业好文档,值得你下载,.{2,40}应有尽有-{3,}|书山有路勤为径,学海无涯苦作舟页码:第 ?页"
            r"|作者:佚名文章来源:(?:不详|本站原创|网络)点击数:\d*更新时间:\d{4}-\d{1,2}-\d{1,2}"
        ),
        match=[
            "精选优质文档----倾情为你奉上题型",
            "-------------各类专业好文档,值得你下载,教育,管理,论文,应有尽有--------------",
            "【精品文档】如有侵权,请联系网站删除,仅供学习与交流",
        ],
        never=["精品文档的标准有三条。"],
    ),
    Rule(
        id="stamp.column",
        why="which site put a paper into which of its columns, glued before the paper",
        position=Position.ANY,
        span=True,
        required_literals=("栏目", "频道"),
        pattern=(
            r"(?m)^ ?本(?:论文|文)在[^。,]{2,12}(?:栏目|频道),由[^。,]{2,20}(?:整理|收集),转载请注明(?:来源|出处)[^。,]{0,40}"
            r"(?:,更多[^。,]{1,10},请[点看][^。,]{2,16}? )?"
        ),
        match=["本论文在农学栏目,由青禾论文网整理,转载请注明来源www.example.cn,更多论文,请点论文范文查看 春灌"],
        never=["本文在农学栏目,由编辑整理。", "他说,本论文在农学栏目,由青禾论文网整理,转载请注明来源"],
    ),
    Rule(
        id="stamp.site",
        why="name of a site of lessons, which it puts before every other paragraph, on its mirrors, too",
        position=Position.ANY,
        span=True,
        required_literals=("习啦",),
        pattern=r"(?m)^ ?学习啦(?:在线学习)?网 (?:学习啦 ?: ?)?",
        match=["学习啦在线学习网 学习啦:春天到了,各家都在修渠。", "学习啦在线学习网 渠修好了,水来了。"],
        never=["他说学习啦在线学习网上有这篇课文。", "学习啦 开学第一天,我起得特别早。"],
    ),
    Rule(
        id="stamp.platform",
        why="the name of a site of exercises, which stands at the head of each paper that comes from it",
        position=Position.ANY,
        pattern=r"[一-鿿]{2,8}教育资源[及与和][一-鿿]{2,4}应用平台",
        required_literals=("用平",),
        max_chars=30,
        match=["中小学教育资源及组卷应用平台"],
        never=["教育资源应用平台", "县里建了中小学教育资源及组卷应用平台。"],
    ),
    Rule(
        id="stamp.line",
        why="the slogan's first line",
        position=Position.EDGE,
        pattern=r"精品文档就在这里",
        match=["精品文档就在这里"],
        never=["精品文档就在这里吗?"],
    ),
    Rule(
        id="stamp.dashes",
        context_only=True,
        why="a rule of dashes beside a slogan: books and minutes have such rules too",
        position=Position.EDGE,
        pattern=r"-{30,}|={30,}",
        match=["-" * 60],
        never=["----"],
    ),
    Rule(
        id="stamp.pages",
        why="page stamp with a slogan or with the day it was edited, in mid sentence",
        position=Position.ANY,
        span=True,
        required_literals=("归纳", "辑于"),
        pattern=(
            r"精选学习资料 ?(?:- ?){3,20}名师归纳总结 ?(?:- ?){3,20}(?:第 ?\d{1,4} ?页 ?, ?共 ?\d{1,4} ?页)?(?: ?\d{1,4} ?/ ?\d{1,4}\b)?"
            r"|第 ?\d{1,4} ?页 ?, ?共 ?\d{1,4} ?页 ?, ?编辑于(?:19|20)\d\d年(?: ?,? ?星期[一二三四五六日天])?"
        ),
        match=[
            "精选学习资料 - - - - - - - - - 名师归纳总结 - - - - - - -第 1 页,共 25 页2 / 25 ",
            "与或图搜索第1页,共35页,编辑于2022年,星期四4.1",
        ],
        never=["第 1 页 共 29 页 撰写日期", "第1页,共35页"],
    ),
    Rule(
        id="stamp.slide_master",
        why="empty boxes of a slide's master, with their five levels",
        position=Position.ANY,
        span=True,
        required_literals=("母版",),
        pattern=(
            r"(?:单击(?:此处|以)编辑母版(?:标题|副标题)样式[, ]{0,3}(?:\*[, ]{0,3})?)?单击(?:此处|以)编辑母版文本样式"
            r"(?:[, ]{0,3}第[二三四五]级){1,4}"
        ),
        match=[
            "单击此处编辑母版标题样式,单击此处编辑母版文本样式,第二级,第三级,第四级,第五级",
            "单击此处编辑母版文本样式 第二级 第三级",
        ],
        never=["在母版视图里能看到“单击此处编辑母版标题样式”几个字。", "单击此处编辑母版文本样式"],
    ),
    Rule(
        id="stamp.slide_title",
        why="empty title of a slide's master, before the star that stands for the number of the slide",
        position=Position.ANY,
        span=True,
        required_literals=("母版",),
        pattern=r"(?P<inside>单击(?:此处|以)编辑母版(?:标题|副标题)样式)[, ]{1,3}\*[, ]",
        match=["单击此处编辑母版标题样式,*,第一章"],
        never=["单击此处编辑母版标题样式,然后输入课题名称。"],
    ),
    Rule(
        id="stamp.placeholder",
        why="place of a template that its engine has not filled",
        position=Position.ANY,
        pattern=r"\[!--[\w.]{2,30}--\]|\[[a-z]{2,12}_page\]|\{(?:dede|pboot|eyou|phpcms|cms|aspcms):[^{}]{1,80}\}",
        match=["[!--temp.list--]", "[qhnews_page]", "{dede:field.body/}"],
        never=["[page]", "{x}"],
    ),
    Rule(
        id="stamp.page_break",
        why="mark at which an engine was told to cut a text into pages",
        position=Position.ANY,
        span=True,
        required_literals=("_p", "#p", "!-"),
        pattern=r"\[[a-z]{0,8}news_page\] ?|#p#[^#\n]{0,30}#e# ?|_(?:ueditor|baidu)_page_break_tag_|\[!--empirenews\.page--\]",
        match=["[qhnews_page] 三月五日开闸", "各家轮流用水。#p#分页标题#e#秋后清淤"],
        never=["[home_page]", "# p # e #"],
    ),
    Rule(
        id="stamp.body",
        why="mark with which a library of periodicals begins what it took for the abstract from the paper itself",
        position=Position.ANY,
        span=True,
        required_literals=("<正", "正>"),
        pattern=r"(?m)^ ?(?P<inside><正>)[^<\n]{8,}$",
        match=["<正>春灌以前各村都要清一次渠。"],
        never=["公式中<正>表示正号。", "<正>极接红线,<负>极接黑线,不要接反。"],
    ),
    Rule(
        id="stamp.question_bank",
        why="how often a question bank has used a question, and how hard it is",
        position=Position.ANY,
        span=True,
        required_literals=("组卷",),
        pattern=r"组卷 ?: ?\d{1,7} ?(?:引用 ?: ?\d{1,7} ?)?难度 ?: ?[01]\.\d{1,2}(?: ?-$)?",
        match=["每亩用水多少方？组卷:5引用:1难度:0.8 -"],
        never=["组卷时要注意难度。"],
    ),
    Rule(
        id="stamp.picture",
        why="picture left as Markdown without its address",
        position=Position.ANY,
        span=True,
        required_literals=("![",),
        pattern=r"!\[[^\[\]]{0,4}\]\(\) ?\|?",
        match=["![]() |", "防汛示意图![图]()如下"],
        never=["![图](a.png)"],
    ),
    Rule(
        id="stamp.end_tag",
        why="end tag that lost its first sign",
        position=Position.ANY,
        span=True,
        required_literals=("/p", "/d", "/s"),
        pattern=r"(?:^|[^<\w/.:\"'=-])(?P<inside>/(?:p|div|span|strong)>)|[一-鿿](?P<inside2>/p>)",
        match=["读后感 /p>当前", "/p>春天来了"],
        never=["</p>", "<a href=x/p>", "src/p>"],
    ),
    Rule(
        id="stamp.start_tag",
        why="tag that lost its first sign in another coding",
        position=Position.ANY,
        span=True,
        required_literals=("?d", "?p", "?s"),
        pattern=r"\?(?:div|p|span) (?:id|class|style)=\"[^\"<>\n]{0,40}\"[^<>\n]{0,60}>",
        match=['王小满,青禾镇人?div id="d4" class="left">'],
        never=['div id="d4"', '为什么?div 不用 class="left"', '<a href="x?p id=1">'],
    ),
    Rule(
        id="stamp.address",
        why="the site's address behind the kind of its texts, stamped before a clause of one",
        position=Position.ANY,
        span=True,
        required_literals=("ww",),
        pattern=rf"(?:^|[。,;!?])(?P<inside>{KIND}(?:网|大全)?(?:https?://)?www\.[\w-]{{2,40}}(?:\.[a-z]{{2,4}}){{1,2}})[一-鿿“《]",
        match=["渠修好了,同时,作文www.example.org又写到了那口老闸。"],
        never=[
            "渠修好了,详见作文www.example.org。",
            "把作文www.example.org发给大家。",
            "请投稿,作文www.example.org",
        ],
    ),
    Rule(
        id="stamp.indent",
        why="indent of a paragraph in a coding that nobody read",
        position=Position.ANY,
        span=True,
        required_literals=("??",),
        pattern=r"^(?P<inside>\?{4})[一-鿿“《(]",
        match=["????本报讯(记者王某某)县里开会。"],
        never=["?????", "他问????你说呢"],
    ),
)
