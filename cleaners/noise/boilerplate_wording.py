"""How the lines of a page's frame are written, whatever the site: what `cleaners/judging/boilerplate.py` looks for."""

import re

APART = re.compile(r"[\s|·・\-—–_:,()\[\]【】\"“”‘’!?<>「」《》/@]+")
"""What stands between a site's name and what else its first lines say."""
SITE_FORM = re.compile(
    r"(?=.{2,14}(?<=[网站库档秘文坛家园料馆屋坊区道])$).{1,10}(?:网站?|文库|文档|文秘|公文|范文|论坛|之家|家园|资料[库馆站网]?|仓库|书屋|论文坊|社区|学习网|频道)"
)
KINDS_OF_SITE = re.compile(
    r"(?:网站?|文库|文档|文秘|公文|范文|文稿|论坛|之家|家园|资料[库馆站网]?|学习|仓库|书屋|社区|频道|党建|教育|备课|作文|论文|合同|简历|试卷|题库|标讯"
    r"|诗文|[库馆站坊铺屋店])+"
)
"""What stands behind the name proper of a site."""
SPEAKS = re.compile(
    r"声明|提醒|提示|客服|App|微信|QQ|公众号|平台|网|[本小]?站|文库|文档|文秘|范文|论坛|资料|文件|用户|会员|上传|版权|侵权|关注|下载|热线|投稿"
    r"|联系|关于|订阅|周报|编辑部|服务|(?:触屏|电脑|手机|桌面)版|Cookie|仅供|ICP|©",
    re.IGNORECASE,
)
"""What a site speaks of where it speaks of itself; whoever signs a document only gives a name."""
OWNER = re.compile(r"ICP备|(?<![À-ÿ])[©Ⓒ]|公网安备|版权所有|Copyright|(?:备案|经营许可证)[号/]", re.IGNORECASE)

_MARKS = r"<>›»→▸▶⟩≫·・/|\\~┊。;!?,:"
_STEP = rf"(?:[^{_MARKS}&-]|&(?!gt;)){{1,20}}+"  # as much as there is: a mark must follow, which is no part of it
_ARROW, _BAR = r" ?(?:[=-]?>{1,2}(?!=)|[›»→▸▶⟩≫]|&gt;) ?", r" ?(?:[·・/|\\~┊]|-{1,2}) ?"
FIRST_STEP = re.compile(r"1[.、] ?(?:网站)?(?:首页|主页|Home)")
COUNTED_STEP = re.compile(r"(?P<number>\d)[.、] ?[^。;!?:,]{1,20}")
"""The steps of a path on lines of their own, counted."""
NO_STEPS = re.compile(r"[%{}]| --[a-z]|(?:^| )/[\w.-]+/[\w.]|^[^>]+> ?\d+ ?[A-Za-z%]*$")
"""A pattern that a program fills in, its options, a file of its machine, its code, and what is more than a number."""
STEPS = re.compile(r"[>›»→▸▶⟩≫·・/|\\~┊-]")
ARROWS = re.compile(_ARROW)
_SITE = rf"(?:[^{_MARKS}]{{1,8}}+: ?)?[^\w<]{{0,3}}(?P<site>{_STEP})"
_BY_ARROWS = rf"(?:{_ARROW}{_STEP}){{1,6}}"
PATH = re.compile(rf"{_SITE}(?:{_BY_ARROWS}|(?:{_BAR}{_STEP}){{2,6}})(?:{_ARROW})?")
"""Steps with arrows or bars between them, the first of which is the site's name."""
WAY = re.compile(rf"{_SITE}(?:{_BY_ARROWS}|(?:{_BAR}{_STEP}){{1,6}})(?:{_ARROW})?")
"""The same, of one step or more."""

_NUMBER = r"\d[\d,.]{0,9} ?[万千kw]?"
_FACT = (
    rf"(?:(?:浏览|点击|下载|收藏|人气|热度|阅读|被引)(?:量|数|次数|人数)?(?: ?[:(] ?|\s)\[?\d"
    rf"|{_NUMBER} ?(?:次|人次?)?(?:浏览|点击|下载|收藏|阅读|围观|引用)(?![一-鿿]{{2}})|{_NUMBER} ?人次?(?:看过|读过|评过|打分)"
    r"|(?:看过|读过|做过|用过的人|被(?:收藏|下载|引用|阅读)) ?:? ?\d"
    r"|\b[\d.]{1,7} ?[KM]B\b|(?:DOCX?|PDF|PPTX?|XLSX?|Word|大小|体积|容量) ?:? ?[\d.]{1,7} ?[KM]\b"
    r"|(?:评分|星级|好评|可信度|推荐度|资源等级|热度) ?:? ?[\d★☆高中低精]|[★☆●○]{3,}"
    r"|(?:上传|分享|传|贡献|上架)(?:者|人|日期|时间|日)"
    r"|(?:点数|积分|[一-鿿]{1,2}(?<!民)币|(?:金|学|知|文|爱|智)豆|(?:学|知|文)贝|学点) ?:? ?\d|\d ?(?:[一-鿿]{0,2}(?<!民)币|[一-鿿]?[豆贝])\b|[¥￥] ?\d"
    r"|[阅荐赞] ?\d|\d+ ?(?:天|小时|分钟)前\b|整理于|收录时间|最近(?:修订|维护|更新)|下载量|收费(?:方式)? ?:"
    rf"|字数 ?:? ?\d|(?:约 ?{_NUMBER}|(?<![一-鿿\d])(?:\d{{3,6}}|\d,\d{{3}})) ?字(?:\b|$)|约 ?\d+ ?分钟)"
)
_FACT_BEGINS = r"[\d.¥￥浏点下收人热阅被看读做用大体容评星好可推资上分传贡积金学知文爱智荐赞整最字约DPXW★☆●○]"
FACT, FACT_OR_COINS = (re.compile(rf"(?={_FACT_BEGINS}{coins}){_FACT}") for coins in ("", "|.{1,2}币"))
"""What only the page of a document says of it: counters, sizes, prices, stars, who uploaded it; most lines have no 币."""
MAY_SAY = re.compile("[0-9★☆●○]")
NO_FACTS = re.compile(r"[。;!?、©]|\|.*\|$|实施|生效|施行|执行日|版本|版次|页次|姓名|班级|考试|满分|学分|课时|_{3,}")
"""What documents and forms say in their own heads, and rows of a table."""
NUMBER = re.compile(r"\d[\d,.:/-]*")

LIST_HEAD_HOLDS = (
    *("猜", "推荐", "推介", "热门", "热帖", "排行", "击榜", "新到", "在看", "还看"),
    *("还打", "还喜", "感兴", "换一", "阅读", "着读", "作品"),
    *(f"{first}{second}" for first in "同相邻" for second in "似近邻类主栏年版题"),
)
"""One of these stands in what heads a list of other documents."""
MAY_HEAD = re.compile("|".join(LIST_HEAD_HOLDS))
LIST_HEAD = re.compile(
    r"\W{0,3}(?:[^。;!?,()]{0,10}?(?:猜[你您]|推荐(?!度|书|篇|读|名|人|单位|理由|意见)|推介|热门|热帖|排行|点击榜|新到|在看|还看"
    r"|还打开|还喜欢|感兴趣|换一篇|(?<!不)(?:同|相|邻)(?:似|近|邻|类(?!型$)|主题|栏目?|年级|版|题)"
    r"(?:台本|文档|论文|试卷|试题|资料|文章|范文|课件|教案|作文|模板|合同|文件|作品|同类|新到|热帖)?)"
    r"|(?:延伸|扩展)阅读|接着读|更多[^。;!?,]{0,6}作品)[^。;!?,]{0,8}(?:\([^()]{1,12}\))?:?"
)
KIND = (
    r"(?:方案|总结|报告|通知|教案|讲话|合同|协议|制度|范文|心得|体会|计划|细则|章程|办法|申请书?|说明书?|简报|纪要|意见|汇报"
    r"|材料|试[卷题]|练习|答案|课件|说课稿?|导学案|笔记|模板|清单|手册|规范|规程|规定|要点|演讲稿?|致辞|主持词|串词|检讨书?"
    r"|倡议书|承诺书|通告|公告|启事|简历|作文|读后感|有感|随笔|论文|研究|分析|策略|对策|设计|提纲|发言|感言|事迹|职责|公约"
    r"|格式|大全|汇编|口令|告知|决议|记录|安排|[一-鿿]表|指引|须知|指南|流程|预案|台账|评语|评估|调研|机制|措施|情况|实录|学案|攻略"
    r"|技巧|小结|述职|事项|导则|标准|模拟|专练|专题|真题|测试|检测|训练)"
)
"""The kinds of document that a title names at its end."""
_COUNT = (
    r" ?[\[(]?\d[\d,.]{0,8} ?[万千kw]?(?:页|P|张|元|字|分|面|收藏|浏览|下载|次|人看过|[一-鿿]{0,2}[币豆券点])?[\])]?"
)
ENTRY = re.compile(
    r"\W{0,2}(?:\d{1,2}[-/.]\d{1,2} |\d{1,3}[.、P] ?|[\[(【〔][^\[\]()【】〔〕\d]{1,6}[\])】〕] ?)?"
    rf"(?:[^。;!?:]{{2,36}}?{KIND}|(?<=[\])】〕])[^。;!?]{{2,36}}|(?<=[\])】〕] )[^。;!?]{{2,36}}|《[^《》]{{2,40}}{KIND}》|[^。;!?:]{{2,36}}(?=(?: |\() ?\d))"
    rf"(?: ?\([^()]{{1,12}}\))?(?: {{1,2}}[A-Z]{{3,4}})?(?:{_COUNT}){{0,3}}(?: ?免费)?"
)
"""Another document in a list: its title ends in the kind of document it is, or a count stands behind it."""
STATED = re.compile(r"[一-鿿]{1,4} ?: ?[^\s:]|[^→]{1,30} → ")
"""What something is stated to be, or leads to, in a text's own list."""
BOOK = re.compile(r"(?:\d{1,2}[.、] ?)?《[^《》]{2,30}》")
"""A book, in a list of a text's own."""
COUNT_ENDS = "页P藏览载过)]币豆券点元分费"
COUNTED = re.compile(
    r"[^。;!?:]{4,40}? ?(?:[A-Za-z]{3,4} )?[\[(]?(?:\d{1,4} ?(?:页|P)|[\d,.]{1,8} ?万?(?:次|人)?(?:收藏|浏览|下载|看过))[\])]?"
    r"(?: [^ 。;!?]{1,7}[币豆券点元分费])?|\d{1,3}P [^。;!?:]{4,40}"
)
"""Another document with its number of pages, or how many have seen it."""

_STEP_TO = r"(?:一?[篇页则组封课个份条首件章节]|面|翻)?(?:文章|主题|篇)? ?[:《 ] ?.{2,60}"
BACK_BEGINS = "翻往看上前"
BACK, ON = re.compile(rf"(?:翻|往|看)?[上前]{_STEP_TO}"), re.compile(rf"(?:翻|往|看|再)?[下后]{_STEP_TO}")
"""Lines to the document before and to the next."""
