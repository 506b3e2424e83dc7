"""Time, author, source and counter lines between the title and the text."""

from cleaners.noise.card import DATE, TIME
from cleaners.rules.rule import LineRole, Position, Rule

NUMERIC = r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
STAMP = rf"(?P<published>{NUMERIC}(?: ?{TIME}| \d{{6}})?)"
COUNT = r"\d[\d,.]{0,9}[万wWkK]?\+?"
SEEN = r"\d{1,9}(?:[.,]\d{1,3}){0,3} ?[万wWkK]?"
LABEL = (
    r"(?:字数|评论|回复|喜欢|点赞|赞|收藏|转载|转发|分享|下载|推荐|人气|使用|热度|顶一下|踩一下|顶|踩)(?:次数|数|量)?"
)
BUTTON = r"[\[【(]?(?:收藏|分享|举报|打印|编辑|删除|打赏|赞赏|转载|喜欢|评论|更多好文|关闭|纠错|点赞|赞)[\]】)]?"
VIEWS = r"(?:(?:浏览|阅读|点击|查看|访问|人气)(?:次数|数|量)?|人已?围观|views?)"

COUNTER = rf"(?:{VIEWS} ?[:(]? ?(?P<views>{COUNT}) ?[)]?(?: ?次)?|{LABEL} ?[:(]? ?{COUNT} ?[)]?(?: ?次)?|{COUNT} ?(?:次)?(?:阅读|浏览|下载|收藏|评论))"

_GLUED_LABEL = r"(?:(?:文字|图片|稿件|文章|责任|供稿|审核)?(?:作者|来源|编辑|单位|人)|通讯员|记者|摄影|撰稿|供稿|审稿|审核|校对|阅读|浏览|点击)(?:次数|数|量)?"

_NAME_END = r"[一-\x{671e}\x{6720}-\x{95f3}\x{95f5}-鿿A-Za-z0-9_]"
"""The last character of a name: what ends with that of 日期 or 时间 says what a day is of."""

RULES = (
    Rule(
        id="byline.labelled",
        why="labelled time, whatever stands behind it on the line",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=(
            rf"[\[(【]?(?:系统|信息|文章|公告)?(?:发布|发表|更新|上传|录入|添加|创建|发文)?(?:时间|日期|于) ?[::]? ?{STAMP}"
            rf"(?:[^。;!?]*?{VIEWS} ?[::] ?(?P<views>{SEEN})[^。;!?]*|[^。;!?]*)"
        ),
        match=[
            "时间:2008-12-6 1:15:31 [下载该文章] [会员注册]",
            "发布时间:2024-08-27 09:33:44 浏览次数:97",
            "发表时间:2023/8/6 21:04:19",
            "时间: 2024-08-02 栏目:办公范文",
            "系统发布时间:2021-12-03 13:44",
            "公告日期:2025-04-29",
        ],
        never=[
            "时间:2023年5月1日上午;地点:会议室。",
            "发布时间另行通知",
            "日期:2023年7月20日",
            "更新日期:2023年5月1日",
        ],
        rank=3,
    ),
    Rule(
        id="byline.bare",
        why="a bare date, with time, author or source behind it",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=(
            rf"\((?P<published2>(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}} {TIME})\)(?: ?\[[一-鿿]{{2,4}}\]){{0,4}}"
            rf"|(?:(?:https?://|www\.)[\w./-]{{4,60}} )?(?P<published>(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?: ?{TIME})?)(?:(?: [^。;!?,]{{0,40}})? ?{VIEWS} ?[::] ?(?P<views>{SEEN})[^。;!?,]{{0,40}}"
            rf"|(?: ?[^。;!?,、0-9 ][^。;!?,]{{0,60}})?(?: [^。;!?,]{{0,30}})?)"
        ),
        match=[
            "2025-10-28 07:03:52 121",
            "2020-03-11 10:46",
            "2022-04-16王小山",
            "http://www.example.com.cn 2003/11/30 13:08 青禾教育",
            "(2013-01-22 19:43:05) [编辑][删除]",
            "2021-12-03 19:13:00 浏览量:48 责任编辑:王小福",
        ],
        never=["2020-03-11,会议在杭州召开,", "2022年4月16日"],
        rank=3,
    ),
    Rule(
        id="byline.long_date",
        why="date in words with time or a click counter, as school portals write it, or with time and source, as newspapers do",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=rf"(?P<published>{DATE}(?: ?{TIME})?)(?: [^。;!?,:]{{2,16}})? (?:点击|浏览|阅读)(?:数|次数|量)? ?: ?\[?(?P<views>\d{{0,9}})\]?(?: ?次)?"
        rf"|(?P<published2>{DATE} ?{TIME}) {{1,3}}(?:文章|稿件)?来源 ?: ?[^。;!?,:]{{2,30}}",
        match=["2021年09月06日 10:12 教务处 点击:[1875]", "2021年09月06日17:39 来源:青禾网-北岭频道"],
        never=["2021年09月06日 教务处", "2021年09月06日 来源:北岭日报"],
        rank=3,
    ),
    Rule(
        id="byline.author_first",
        why="author, then date",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=(
            rf"(?:作者 ?: ?)?(?P<uploader>[一-鿿A-Za-z0-9_]{{1,11}}{_NAME_END}) (?P<published>(?:19"
            rf"|20)\d\d[-/]\d{{1,2}}[-/]\d{{1,2}}(?: ?{TIME}| \d{{6}})?)"
            rf" ?(?:{VIEWS} ?: ?(?P<views>{SEEN}))?|编辑 ?: ?\S{{2,12}}?(?P<published2>(?:19|20)\d\d[-/]\d{{1,2}}[-/]\d{{1,2}})"
        ),
        match=["裘小波 2021-04-25 162217", "笔墨写作 2023-04-23 阅读:206", "编辑:物业经理人2017-04-26"],
        never=["编号 2021-04-25-3", "开渠日期 2021-04-25"],
        rank=4,
    ),
    Rule(
        id="byline.items",
        why="two or more labelled items about the page on one line, or one that only a page has",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=(
            rf"[\[(【]? ?(?:(?:{VIEWS}|点击数) ?: ?(?P<views>{COUNT}) ?次? ?[|,]? ?|(?:作者|来源|文章来源|出处|时间|日期|发布|发布人|发布者|上传者|发表|更新|编辑|责编|责任编辑|分类|栏目|类别|标签|字数|大小|字体|字号|人气|热度|推荐度|{VIEWS})(?:时间|日期)?"
            rf" ?: ?(?:(?P<published>{DATE}(?: ?{TIME})?)|[^ 。;!?:]{{0,24}})(?: ?次)? ?[|,]? ?){{2,8}}[\])】]?"
            rf"|标签 ?: ?[^。;!?:]{{1,40}} (?:分类|栏目) ?: ?[^。;!?:]{{1,16}}"
            rf"|(?:分类|栏目|人气|热度|推荐度|阅读|浏览|点击|围观|标签|所属栏目|文章分类) ?: ?[^。;!?:]{{0,16}}"
        ),
        match=[
            "作者:第一秘书 来源:本站原创 日期:2011-12-26 10:12:00 人气:",
            "人气:662 更新:2018/11/19",
            "分类:经验交流",
            "标签: 糯米酒 美食 分类:厨房手记",
            "作者:佚名 来源:青禾社 时间:2021-06-29 阅读:356次",
        ],
        never=["作者:张小明", "来源:国家统计局", "栏目:一是开设专栏;二是开设论坛"],
        rank=3,
    ),
    Rule(
        id="byline.glued",
        why="labels of a page run together, some without a value, the time of publication among them",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=(
            rf"(?:{_GLUED_LABEL} ?: ?[^:。;!?,]{{0,24}}?){{2,6}}(?:发布|发表|更新|上传|录入)(?:时间|日期) ?: ?{STAMP}"
            rf"(?: ?(?:{_GLUED_LABEL}|{VIEWS}) ?: ?[^:。;!?,]{{0,24}}?){{0,6}}"
        ),
        required_literals=("布时", "布日", "表时", "表日", "新时", "新日", "传时", "传日", "入时", "入日"),
        match=[
            "通讯员:胡晓燕来源:青禾大学 阅读:发布时间:2012-08-18审稿:",
            "文字作者:图片作者:稿件来源:青禾学院发布时间:2011-04-08浏览量:2785",
        ],
        never=[
            "主持人:王小福 记录人:李小满 时间:2012-08-18",
            "作者:王小福 来源:青禾出版社 发布时间:另行通知",
            "编辑:负责稿件来源:要核实,发布时间:2012-08-18以前",
        ],
        rank=3,
    ),
    Rule(
        id="byline.blog",
        why="counters of a whole blog, as its engine writes them above a post",
        position=Position.HEAD,
        pattern=r"(?:(?:[Pp]osts|[Ss]tories|[Cc]omments|[Tt]rackbacks|[Aa]rticles|随笔|文章|评论|引用) ?- ?\d{1,7}(?:万)?[ ,·|]{0,3}){3,5}",
        required_literals=("s-", "笔 ", "笔-", "章 ", "章-", "论 ", "论-", "用 ", "用-", "s "),
        max_chars=120,
        match=["posts - 30, comments - 3, trackbacks - 0", "随笔 - 12, 文章 - 0, 评论 - 3, 引用 - 0"],
        never=["comments - 3", "随笔 - 12, 文章 - 青禾", "文章-1 评论-2"],
    ),
    Rule(
        id="byline.mixed",
        why="a time without a label between labelled items, or behind a name",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=(
            r"(?:(?:作者|责任编辑|责编|编辑|来源) ?: ?[^ 。;!?:,]{0,20}[ |]{0,3}){0,3}"
            rf"{STAMP}[ |]{{1,3}}(?:(?:作者|来源|文章来源|出处|编辑|责编|责任编辑|{VIEWS}) ?: ?[^ 。;!?:,]{{0,24}}[ |]{{0,3}}){{1,4}}"
            rf"|[一-鿿A-Za-z_]{{2,12}}(?P<published2>{NUMERIC} \d{{1,2}}:\d{{2}}:\d{{2}})"
        ),
        match=["作者:王某某 2020-10-13 10:47:46 来源:青禾健康 浏览次数:", "科普小知识2021-10-18 10:00:06"],
        never=["作者:王某某 2020-10-13", "编号2021-10-18"],
        rank=4,
    ),
    Rule(
        id="byline.publisher",
        why="who put the page up, in the words of its engine, and a writer whom it does not name, with the day behind",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=(
            r"(?:信息|文章|资源|内容|本文)发布[者人] ?: ?(?P<uploader>[^ 。;!?:,]{2,12})"
            rf"|[^ 。;!?,:]{{2,12}}·作者 ?(?:佚名|不详|未知) {{0,3}}(?P<published>{NUMERIC})"
        ),
        required_literals=("发布", "·作"),
        max_chars=40,
        match=["信息发布者:小满", "青禾往事·作者佚名 2008-05-31"],
        never=["信息发布者:应当核实内容,再发布。", "发布者:王小满", "青禾往事·作者佚名"],
        rank=5,
    ),
    Rule(
        id="byline.empty",
        why="labels of a byline whose values a script should have filled",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=(
            rf"(?:(?:时间|作者|来源|点击数?|编辑|小编|人气|发布时间|更新时间|字体|字号|{VIEWS}) ?[::] ?(?:佚名"
            rf"|不详|本站|未知|原创|作者原创|网络|互联网|管理员|会员上传"
            rf"|[\d.]{{1,6}}[万wW]?)? ?){{1,6}}(?:[\[【】(].{{0,40}})?|(?:【|】|\[)?(?:【?收藏】?"
            rf"|以稿换稿】?【收藏】) .{{0,60}}|.{{2,8}} ?人气(?:[::]\S{{0,6}}|\d\S{{0,5}})|\d+(?:次)?(?:浏览|阅读|围观"
            rf"|人已围观)|\d{{3}}\+"
        ),
        match=["时间: 作者: 佚名 来源: 作者原创", "文思屋 人气:2.16W", "999+", "作者:佚名 来源:网络"],
        never=["387人看过", "来源:国家统计局年鉴第三章", "作者:张小明", "轻快的一天 人气上升"],
    ),
    Rule(
        id="byline.seen",
        context_only=True,
        why="how many have seen the page, alone on its line or behind the name of its section, beside other noise",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=r"(?:百科|资讯|新闻|文章|知识|经验|栏目|本文|已有|共有?)?(?P<views>\d{1,9}) ?(?:人|次)(?:看过|看了|读过|浏览过?|阅读过?|已?围观)",
        required_literals=("看过", "看了", "读过", "浏览", "阅读", "围观"),
        match=["387人看过", "百科98256人已围观", "1203 次浏览"],
        never=["387人看过展览", "东馆387人看过", "有人看过", "3次阅读比赛"],
        rank=5,
    ),
    Rule(
        id="byline.time_category",
        why="`时间:` without a time, then the category, then a call for contributions",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=r"时间 ?: [一-鿿]{1,6} [一-鿿]{2,8}书?|时间 ?[::] ?[^。;!?,\d]{0,12} ?[^。;!?,\d]{0,12}(?:我要投稿|版权反馈)|[^。;!?,\d]{2,10} 我要投稿",
        match=["时间: 沐钦 协议书 我要投稿"],
        never=["时间:另行通知"],
    ),
    Rule(
        id="byline.counters",
        why="counters of a post or a file, with its author and day before and buttons behind, and the switch of letter sizes",
        role=LineRole.BYLINE,
        pattern=(
            rf"(?:[一-鿿\w]{{2,12}} )?\(?(?P<published>(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?: {TIME})?)?\)? ?"
            rf"(?:[\d.]{{1,4}}分(?:\(.{{2,16}}\))?[ |]{{0,2}})?(?:{COUNTER}[ |┊·,/]{{0,3}}){{1,10}}(?:{BUTTON}[ |┊·,/▼]{{0,3}}){{0,8}}"
            r"|已有 ?(?P<views3>\d{1,8}) ?(?:人?阅读此文人?|人阅读)(?: -{1,2} [^。;!?,]{0,60})?"
            r"|(?:[^ 。;!?,:]{2,12} ){0,2}(?P<views2>\d{1,7})℃ \d{1,6} ?条?评论"
            rf"|[\[【(]?字[号体](?:大小)? ?: ?[大中小 ]{{2,5}}[\]】)]?|[\[【(] ?字[号体](?:大小)? ?:"
        ),
        match=[
            "字数 1120",
            "阅读 87",
            "字号:大 中 小",
            "【字体:",
            "2022.11.03 21:15 字数 1,203 阅读 4,517 评论 32 喜欢 108",
            "阅读(1822)┊ 评论 (17)┊ 收藏(9) ┊转载(3) ┊ 喜欢▼ ┊打印┊举报",
            "青禾公文 2025-03-07 阅读(203)",
            "4.6分(超过82%的文档) 1.2万阅读 356下载",
            "赞(12) 收藏 分享 举报",
            "使用次数:2,310 收藏:126",
            "随笔 青禾 2310℃ 14评论",
            "已有 126 人阅读此文 - - 成语故事 - 青禾",
        ],
        never=["字数统计", "字号:大小统一为三号", "阅读87篇文章", "收藏2枚邮票", "2022.11.03"],
    ),
    Rule(
        id="byline.journal",
        why="journal and issue below the title of a republished paper",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=r"[^。;!?,:【】]{2,24} ?(?:19|20)\d\d年(?:第?\d{1,2}期|\d{1,2}月(?:上|中|下)?)",
        required_literals=("19", "20"),
        max_chars=40,
        match=["岭南学刊 2022年5期", "决策与信息 2025年1期"],
        never=["发表于《学刊》2022年5期,影响很大。", "【出处】《学刊》2022年第5期"],
    ),
    Rule(
        id="byline.newspaper",
        why="what the engine of newspapers keeps of an article for itself: day, numbers, paper, file, title, and its own name",
        position=Position.ANY,
        pattern=r"(?:<!-{0,2})?(?:.{0,40}? )?(?P<published>(?:19|20)\d\d-\d\d-\d\d)[ :].{0,400}/enpproperty ?-{2}>|<!--/?enp(?:content|property)-{2}>",
        required_literals=("np",),
        match=["2023-09-05 2 2 青禾晚报 content_103105.html 1 水渠边的春天 /enpproperty-->", "<!--/enpcontent-->"],
        never=["2023-09-05 青禾晚报", "enpproperty 是标签的名字"],
        rank=5,
    ),
    Rule(
        id="byline.before_text",
        why="when a page was published, at the head of the one long line that its text was joined to",
        position=Position.ANY,
        span=True,
        pattern=rf"(?m)^ ?(?P<inside>[\[(【]?发[布表](?:时间|日期|于) ?: ?(?P<published>{NUMERIC} \d{{1,2}}:\d{{2}}(?::\d{{2}})?)[\])】]?) [^\n]{{60,}}$",
        required_literals=("发布", "发表"),
        match=[
            "发表时间:2017-09-04 22:51 水渠边的春天 春耕前,村里把水渠清了一遍,又把坏了的闸门换成新的,两台抽水机也修好了,大家都说今年的水一定够用,各组先把秧田整平。"
        ],
        never=[
            "发布时间:2017-09-04 22:51 来源:青禾网",
            "他说,发布时间:2017-09-04 22:51 是定好的,村里把水渠清了一遍,又把坏了的闸门换成新的,两台抽水机也修好了,大家都说今年的水一定够用。",
            "发布时间:2017年9月,村里把水渠清了一遍,又把坏了的闸门换成新的,两台抽水机也修好了,大家都说今年的水一定够用,各组先把秧田整平。",
        ],
        rank=4,
    ),
)
