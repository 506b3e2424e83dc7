"""The share sentence of the wenku CMS, captions of page pictures, page counters, labels before the text."""

from string import ascii_letters

from cleaners.rules.rule import LineRole, Position, Rule, TruncationSignal

EXT = r"(?:\.(?P<format>[A-Za-z]{2,5}x?))?"

RULES = (
    Rule(
        id="share.sentence",
        why="`《X.docx》由会员分享，可在线阅读，更多相关《X.docx（11页珍藏版）》请在…上搜索。`",
        position=Position.HEADER_END,
        pattern=r"\(?(?:《(?P<title>.{2,150}?)"
        + EXT
        + r" ?》|本资源)由会员(?:上传)?分享,(?:可|免费|可免费)?在线(?:免费)?阅读,更多相关.{0,300}?(?:\((?P<pages>\d+)页(?:[珍典]藏|完整|免费)版\) ?)?(?:》请在(?P<site>.{2,120}?)上?搜索。?\)?|内容在.{2,40})",
        match=[
            "《学习笔记.docx》由会员分享,可在线阅读,更多相关《学习笔记.docx(11页珍藏版)》请在青禾文库上搜索。",
            "《学习笔记》由会员上传分享,免费在线阅读,更多相关内容在学术论文-天天文库",
        ],
        never=["《学习笔记》由会员单位编写。"],
        rank=3,
    ),
    Rule(
        id="share.caption",
        why="caption of a page picture",
        position=Position.ANY,
        pattern=r"(?P<title>.+?)" + EXT + r" ?_第\d+页",
        required_literals=("_第",),
        match=["学习笔记.doc_第3页", "学习笔记_第12页"],
        never=["见附件_第3页的表格"],
        rank=4,
    ),
    Rule(
        id="share.counter",
        why="page counter below a caption",
        position=Position.ANY,
        pattern=r"第 ?\d+ ?页,? ?/? ?共 ?(?P<pages>\d+) ?页|第 ?\(\d{1,3} ?/ ?\d{1,3}\) ?页|(?:[—-]{4,} ?)?\d{1,3} ?/ ?\d{1,3} ?[—-]{4,}",
        match=["第3页 / 共29页", "——————1 / 5——————", "第 3 页 共 29 页", "第(2/3)页"],
        never=["见第3页共29页", "第 1 页 共 29 页 撰写日期"],
        rank=3,
    ),
    Rule(
        id="share.picture",
        role=LineRole.PICTURE,
        rank=4,
        why="picture left as Markdown or as a tag",
        position=Position.ANY,
        pattern=(
            r"!\[(?:(?P<title>.{2,150}?)(?:\.[A-Za-z]{2,5})?_第\d+页|.{0,200}?)\]\(https?://\S{4,300}\)"
            r"|<image>data:image/[^<>]{4,400}(?:</image>|/?>(?:</image>)?)|\d{3}\?wx_fmt=\w{3,4}|<img [^>]{4,400}>"
            r"|[\w-]{0,30}\d{8}[\w-]{0,60}\.(?:png|jpe?g|gif|bmp|webp)(?:_\w{1,12}\.(?:png|jpe?g|gif|webp))?"
        ),
        match=[
            "![图_第1页](http://file.example.com/a/1.gif)",
            '<image>data:image/s3,"s3://b" alt="总结"</image>',
            "640?wx_fmt=jpeg",
            "20211013200805763-76-1e54d.png_scale_.png",
        ],
        never=["[1](见下文)", "logo-2.png", "见20211013.png", "图片:渠口.jpg"],
    ),
    Rule(
        id="share.picture_word",
        why="what an engine of copied articles writes in the place of a picture, or above those that it shows on demand",
        position=Position.ANY,
        pattern=r"文章(?:插图|图片|配图)|[(【\[]资料图片?[)】\]]|打开文本图片集",
        match=["文章插图", "文章图片", "(资料图)", "打开文本图片集"],
        never=["文章插图由王某某绘制。", "插图", "资料图", "(资料图片由镇档案室提供)"],
    ),
    Rule(
        id="share.label",
        why="label before the text of a reader page; what stands above it is the page's frame",
        position=Position.HEADER_END,
        pattern=r"资源(?:描述|简介) ?:?|文档简介 ?:?|文本描述|内容简介 ?:|文本内容 ?:|正文内容|【正文】|【文章内容简介】",
        match=["资源描述", "文档简介", "【正文】"],
        never=["资源描述符是系统的内部结构。", "内容简介"],
    ),
    Rule(
        id="share.summary_label",
        context_only=True,
        why="head of the text below a card of facts, as a report also writes it",
        position=Position.HEAD,
        pattern=r"(?:文档|文件|资料)摘要|基本信息",
        match=["文档摘要", "基本信息"],
        never=["文档摘要由作者撰写", "一、基本信息"],
    ),
    Rule(
        id="share.excerpt_label",
        why="label before the text that calls it an excerpt of the file",
        position=Position.HEADER_END,
        signal=TruncationSignal.CUT,
        pattern=(
            r"(?:本文|以下|内容|文档|文件){0,2}[为是]?(?:预览|展示|显示)(?:内容)?[仅只]?(?:随机)?(?:截取|节选|摘取)了?(?:其中)?的?"
            r"一?部分(?:内容|页面|章节)?,(?:仅供参考|仅供预览|完整|全文|下载)[^。;!?]{0,20}"
        ),
        required_literals=("截取", "节选", "摘取"),
        match=["内容预览随机截取了部分,仅供参考,下载文档齐全完整", "以下预览只节选一部分内容,完整版请下载"],
        never=["预览只截取了一部分画面,后面还有更精彩的。", "内容节选自作者的日记,仅供参考。"],
    ),
    Rule(
        id="share.keyword_list",
        why="file name and keywords with commas, above the text of an archive",
        position=Position.HEAD,
        required_literals=[f"{letter}," for letter in ascii_letters],
        pattern=r"(?P<title>[^/]+?)\.(?P<format>[A-Za-z]{2,4})(?:,[^,。;!?]{1,16}){3,30}",
        match=["滑块夹具设计.zip,滑块,夹具,设计,加工"],
        never=["包括报告.doc,表格,照片,录音和其他材料。", "见 http://a.example/qu.html, qu(1), zha(5), 和 di(8)."],
        rank=4,
    ),
    Rule(
        id="share.label_glued",
        why="label of the text at the head of its first line",
        position=Position.ANY,
        span=True,
        required_literals=("【正", "介】"),
        pattern=r"(?m)^ ?(?:【正文】|【文章内容简介】) ",
        match=["【正文】 参加了公司组织的培训,我感触很深。"],
        never=["报告分【正文】和【附录】两部分。", "【正文】部分要求层次清楚。"],
    ),
    Rule(
        id="share.kept",
        why="button with the title of what it keeps",
        position=Position.TAIL,
        required_literals=("《",),
        max_chars=90,
        pattern=r"(?:收藏|分享|打印|转载)(?:本文)? ?《[^《》]{2,80}》",
        match=["收藏《水渠边的春天》", "打印 《学习笔记》"],
        never=["分享《水渠边的春天》读后感", "收藏《学习笔记》和《水渠边的春天》"],
        context_only=True,
    ),
    Rule(
        id="share.desk_switch",
        why="switch between archive and text",
        position=Position.HEAD,
        pattern=r"(?:本页面 )?(?:\[?(?:上一页面|下一页面|上一页|下一页)\]? ?){1,2}",
        match=["上一页面 下一页面"],
        never=["下一页是附表。"],
    ),
    Rule(
        id="share.picture_of",
        role=LineRole.PICTURE,
        why="what a blog's engine names a picture: the title, which picture of it this is, and what stands below it",
        position=Position.ANY,
        pattern=r"[^。!?]{4,120}的?(?:图片|配图|插图) 第\d{1,3}张(?:[^。!?,;]{1,40})?",
        required_literals=("片 ", "图 "),
        match=["水渠边的春天的图片 第1张", "水渠边的春天的图片 第2张老闸门"],
        never=["他拍的图片第1张", "图片 第1张", "请看水渠的图片 第1张,左边是老闸门。", "书里的插图 第3张最好看!"],
    ),
    Rule(
        id="share.picture_from",
        role=LineRole.PICTURE,
        why="what a blog's application writes below a picture that was sent by it",
        position=Position.ANY,
        pattern=r"图片发自[一-鿿A-Za-z]{0,10} ?[Aa][Pp][Pp]",
        required_literals=("片发",),
        match=["图片发自简书App", "图片发自青禾APP", "图片发自App"],
        never=["图片发自前线,由记者带回。"],
    ),
)
