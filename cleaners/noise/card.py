"""The resource card and every other block that states facts of a file: id, size, pages, format, price, uploader."""

from cleaners.rules.rule import LineRole, Position, Rule

SIZE = r"[\d.]+ ?(?:[KMG]B?|B|字节)"
PRICE = r"[\d.]+ ?(?:[一-鿿]{0,3}(?:币|分|元|点|券|豆)|财富值)?|免费|VIP专[免享]"
DATE = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
FORMAT = r"[A-Za-z]{2,5}x?"

_STRONG = (
    rf"(?:(?:(?:发布|更新|上传|整理)?(?:时间|日期|于)? ?:? ?)?{DATE}(?: ?{TIME})?|(?:(?:文件|文档)?大小 ?:? ?)?[\d.]{{1,7}} ?[KM]B|(?:共 ?|页数 ?:? ?|全文页数 ?: ?)?\d{{1,4}} ?页|页数 ?: ?\d{{1,4}}"
    r"|(?:(?:文[件档])?(?:格式|类型) ?: ?)?(?:DOCX?|docx?|PDF|pdf|PPTX?|pptx?|XLSX?|xlsx?|Word|WORD|word|TXT|txt)|(?:价格|会员价|售价|所需(?:金币|点数|积分)) ?:? ?[\d.]{1,7} ?(?:元|点|金币|积分)?|[¥￥] ?[\d.]{1,7}"
    r"|(?:浏览|阅读|点击|点赞|收藏|评论|下载|人气|热度|访问|被引|题)(?:次数|人数|量|数)? ?:? ?[\d,]{1,9} ?次?|(?:已有 ?)?[\d,]{1,9} ?(?:次|人)?(?:浏览|阅读|下载|围观|收藏|读过)|约?\d{2,6} ?字)"
)
_KEY = rf"(?:(?:大小 ?:? ?)?[\d.]{{1,7}} ?[KM]B|格式 ?: ?[A-Za-z]{{2,5}}|页数 ?: ?\d{{1,4}}|(?:浏览|点赞|人气|热度|被引|阅读量) ?: ?[\d,]{{1,9}} ?次?|更新时间 ?: ?{DATE}(?: ?{TIME})?)"
_NAMED = r"[一-鿿]{2,5} ?[:：] ?[^ ,。;!?|·/:【】]{1,16}"
_LOOSE = rf"(?:{_NAMED}|[^ ,。;!?|·/:【】]{{1,20}}(?: \d{{4}}-\d{{1,2}}-\d{{1,2}})?|[\d.]{{1,3}} ?分?|(?:上传|编号|编辑|作者) [^ ,。;!?|·/:【】]{{1,14}})"
_BAR = r" ?[|·/┊] ?"
_GLUED = r"(?:上传[人者]|上传时间|发布时间|更新时间|格式|页数|大小|浏览|下载次数|资料类型|文件类型|文件大小|所需点数|所需积分|软件等级|授权方式)"

_REGISTERED = (
    r"索 ?引 ?号|组配分类|成文时间|责任部门|(?:备注/ ?)?文 ?号|发文字号|(?:发布|发文|制发)(?:机构|机关|单位)|(?:公文)?(?:生成|成文|发文|发布|公开)日期"
    r"|有效性|是否有效|(?:信息|主题|体裁)分类|公开(?:方式|形式|范围|时限|程序)|内容概述|主 ?题 ?词|信息名称|名 称|生效(?:时间|日期)"
    r"|(?:废止|失效)日期"
)
_CELLS = rf"(?:{_REGISTERED}) ?\|[| ]{{0,3}}[^。;!?:|]{{0,60}}[| ]{{0,4}}"
_ENTRY = rf"(?:{_REGISTERED}) ?:[| ]{{0,3}}[^。;!?:|]{{0,60}}?[| ]{{0,4}}"

RULES = (
    Rule(
        id="card.resource",
        why="first row of the card: id, size, pages; also damaged ones of byte-shifted mirrors",
        pattern=(
            rf"资源ID ?: ?(?P<doc_id>\d+)(?: 资源大.{{1,80}}?(?P<size>{SIZE}))?(?: 全文页数 ?: ?(?P<pages>\d+) ?页?)?(?: 下载积分 ?: ?(?P<price>{PRICE}))?"
        ),
        match=[
            "资源ID:3992402 资源大小:446.50KB 全文页数:22页",
            "资源ID:87762768",
            '资源ID:28 资源大?。?span id="j">376KB 全文页数:30页',
        ],
        never=["资源ID:由平台统一编号,不得更改。"],
        rank=1,
    ),
    Rule(
        id="card.format",
        why="second row of the card: format and price",
        pattern=rf"资源格式 ?: ?(?P<format>{FORMAT})(?: 下载积分 ?: ?(?P<price>{PRICE}))?",
        match=["资源格式: DOC 下载积分:8金币", "资源格式: DOCX"],
        never=["资源格式:由甲方提供的模板决定"],
        rank=1,
    ),
    Rule(
        id="card.size",
        why="size alone on its line",
        pattern=rf"(?:(?:资源|文件|文档)?大小) ?: ?(?P<size>{SIZE})",
        match=["资源大小:17.40KB", "大小:18.54 KB"],
        never=["大小:3间", "文件大小:不超过10MB的附件可直接上传"],
        rank=1,
    ),
    Rule(
        id="card.pages",
        why="page count alone on its line",
        pattern=r"(?:全文|文档|文件|总)?页数 ?: ?(?P<pages>\d+) ?页?",
        match=["全文页数:7页", "文档页数:4", "总页数:10 页"],
        never=["第4页", "页数:不少于30页,每页不少于20行"],
        rank=1,
    ),
    Rule(
        id="card.words",
        why="how many characters the file has, alone on its line between other noise",
        context_only=True,
        position=Position.HEAD,
        pattern=r"-? ?(?:总字数 ?: ?)?约 ?[\d.]{1,7} ?[千万]字",
        match=["总字数:约3.65千字", "- 约3.82千字"],
        never=["全书约20万字。", "约20万字的长篇", "总字数:3650"],
    ),
    Rule(
        id="card.price",
        context_only=True,
        why="price alone on its line",
        pattern=(
            rf"(?:下载(?:积分|所需积分|价格|费用)|所需积分|价格|售价) ?: ?(?P<price>{PRICE})"
            rf"|(?P<price2>VIP专[免享]|[\d.]+ ?(?:积分|金币))"
        ),
        match=["下载积分:15金币", "14.9 积分", "VIP专免"],
        never=["价格:面议", "价格:每吨3200元,含税"],
        rank=1,
    ),
    Rule(
        id="card.bare",
        context_only=True,
        why="size or pages without a label, in a row of facts",
        position=Position.HEAD,
        pattern=rf"(?P<size>{SIZE})|(?P<pages>\d{{1,4}}) ?页",
        match=["137.14KB", "39 页"],
        never=["第39页", "137.14"],
        rank=2,
    ),
    Rule(
        id="card.uploader_line",
        why="one-line facts of mobile and preview pages",
        pattern=(
            rf"上传人(?:\(卖家\))? ?: ?(?P<uploader>.{{1,30}}?) 文档编号 ?: ?(?P<doc_id>\d+)(?: 上传时间 ?: ?(?P<published>{DATE}))?(?: 格式 ?: ?(?P<format>{FORMAT}))?(?: 页数 ?: ?(?P<pages>\d+))?(?: 大小 ?: ?(?P<size>{SIZE}))?.{{0,20}}"
        ),
        match=[
            "上传人:青山 文档编号:99292 上传时间:2025-07-10 格式:DOC 页数:27 大小:365KB",
            "上传人:re****.1 文档编号:567535394",
        ],
        never=["上传人:李明负责文档编号的登记。"],
        rank=2,
    ),
    Rule(
        id="card.uploader",
        why="uploader alone on its line",
        pattern=r"上传(?:人|者)(?:\(卖家\))? ?: ?(?P<uploader>[^ 。;,!?]{1,20})",
        match=["上传人(卖家):淡然人生", "上传者:机****料"],
        never=["上传人:负责把文件上传到系统并核对。"],
        rank=2,
    ),
    Rule(
        id="card.number",
        why="document number alone on its line",
        pattern=r"(?:文档)?编号 ?: ?(?P<doc_id>\d{4,20})|ID ?: ?(?P<doc_id2>\d{4,20})",
        match=["文档编号:5130788", "ID:5130788"],
        never=["编号:GB-2008", "文档编号: 版本编号:"],
        rank=2,
    ),
    Rule(
        id="card.number_of_kind",
        why="document number with the kind of the file, among other lines of the card; papers state their own numbers so",
        context_only=True,
        pattern=r"(?:课件|文档)编号 ?(?P<doc_id>\d{6,20})",
        match=["课件编号 20388291"],
        never=["课件编号 12", "试卷编号 20240117", "教案编号 20240117"],
        rank=2,
    ),
    Rule(
        id="card.type",
        context_only=True,
        why="format, kind or date alone on its line",
        pattern=(
            rf"(?:(?:文件|文档)?(?:格式"
            rf"|类型)) ?: ?(?:\.?\w{{2,5}}解压后)?\.?(?P<format>{FORMAT})(?: ?,? 页数 ?: ?(?P<pages>\d+))?(?: ?,? ?大小 ?: ?(?P<size>{SIZE}))?(?: ?上传(?:日期"
            rf"|时间) ?: ?(?P<published>{DATE})(?: {TIME})?)?(?: 页码 ?: ?(?P<pages2>\d+))?[ ,]*"
        ),
        match=[
            "格式:docx",
            "格式:DOC 上传日期:2022-08-03 03:18:03",
            "格式:DOC 上传日期:2022-08-03 03:18:03 页码:8",
            "文件类型:.zip解压后doc",
            "格式:DOCX , 页数:13 ,大小:62.85KB ,",
        ],
        never=["格式:见附件", "类型:A类企业"],
        rank=2,
    ),
    Rule(
        id="card.file_line",
        why="format, pages and size on one line",
        pattern=(
            rf"(?:文件|文档)?格式 ?: ?\.?(?P<format>{FORMAT}) ?,? ?(?:页数"
            rf"|大小) ?: ?(?:(?P<pages>\d+) ?,? ?(?:大小 ?: ?)?)?(?P<size>{SIZE})?[ ,]*(?:资源ID ?: ?(?P<doc_id>\d+) 下载积分 ?: ?(?P<price>{PRICE}))?"
        ),
        match=[
            "格式:DOCX , 页数:13 ,大小:62.85KB ,",
            "格式:DOCX , 页数:4 ,大小:31.20KB , 资源ID:60430000 下载积分:5 金币",
        ],
        never=["格式:见附件,页数:不限"],
        rank=2,
    ),
    Rule(
        id="card.uploaded",
        why="upload date on its line, alone or before the facts of the file",
        pattern=(
            rf"上传(?:时间|日期) ?: ?(?P<published>{DATE})(?: {TIME})?"
            rf"(?: 格式 ?: ?(?P<format>{FORMAT}))?(?: 页数 ?: ?(?P<pages>\d+) ?页?)?(?: 大小 ?: ?(?P<size>{SIZE}))?"
            rf"|(?:发布|更新)(?:时间|日期) ?: ?(?P<published2>(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}})(?: {TIME})?"
        ),
        match=["上传时间:2023-05-21", "上传时间:2024-12-08 格式:docx 页数:4"],
        never=["上传时间:每月5日前"],
        rank=2,
    ),
    Rule(
        id="card.items",
        why="two or more labelled facts of a file on one line, in any order",
        pattern=(
            rf"(?:(?:(?:文[件档]|资源)?(?:格式|类型) ?: ?\.?(?P<format>{FORMAT})|(?:全文|文[件档])?页数 ?: ?(?P<pages>\d{{1,5}}) ?页?"
            rf"|(?:文[件档]|资源)?大小 ?: ?(?P<size>{SIZE})|(?:下载积分|价格|售价|所需(?:金币|积分)) ?: ?(?P<price>{PRICE})"
            rf"|(?:文[件档]|资源)?(?:ID|编号) ?: ?(?P<doc_id>\d{{3,20}})|上传(?:人|者|用户) ?: ?(?P<uploader>[^ |,。;:!?]{{1,20}})"
            rf"|(?:上传|发布|更新)(?:时间|日期) ?: ?(?P<published>{DATE})(?: {TIME})?"
            rf"|(?:文[件档]|资源)(?:分类|类别|语言) ?: ?[^ |,。;:!?]{{1,16}})[ |,;/·]{{0,3}}){{2,10}}"
        ),
        match=[
            "文档分类:应急预案 | 文档格式:PDF | 文档大小:310KB | 页数:9 | 上传者:青山 | 上传时间:2019-04-02",
            "页数:5页 格式:docx 价格:4.9元",
        ],
        never=["格式:见附件 页数:不限", "价格:每吨3200元 大小:3间"],
        rank=2,
    ),
    Rule(
        id="card.downloads",
        why="row of a list of files, with what each may be downloaded as",
        pattern=r"(?:\d{1,4}[.、 ] ?)?[^。;!?]{4,160}?(?: ?下载(?:文字|图片|文本|原文|附件|Word|PDF)版){2,4}",
        required_literals=("载文", "载图", "载原", "载附", "载W", "载P"),
        max_chars=200,
        match=["2 (2019年12月12日市政府令第2号公布 自2020年1月12日起施行) 下载文字版 下载图片版"],
        never=["请在网上下载图片版", "可以下载文字版,也可以下载图片版。"],
    ),
    Rule(
        id="card.row",
        why="three or more bare facts of a file in a row, the uploader or the site before them",
        position=Position.HEAD,
        pattern=(
            rf"(?:[一-鿿\w]{{2,12}} ?[|·]? ?)?(?:(?:(?P<published>{DATE})(?: ?上传)?|(?P<size>[\d.]+ ?[KMG]B)|(?:共 ?)?(?P<pages>\d{{1,4}}) ?页|[¥￥] ?(?P<price>[\d.]{{1,7}})"
            rf"|(?P<views>\d{{1,9}}) ?(?:次)?(?:浏览|阅读)|\d{{1,9}} ?(?:次)?(?:下载|收藏)|(?P<format>DOCX?|PPTX?|PDF|XLSX?|docx?|pptx?|pdf|xlsx?))[ |·,]{{0,3}}){{3,8}}"
        ),
        match=["青禾文库 2022-07-04 4.30 MB 26 页 88 浏览", "12页 ¥6.00 2024-01-15 上传"],
        never=["2022-07-04 4.30 26", "26页 88"],
        rank=3,
    ),
    Rule(
        id="card.other",
        why="further labels of a card",
        pattern=(
            r"(?:标准类别|资源属性|资源类别|所属分类|文档分类|授权方式|资源语言|软件语言|更新频率|文档热度"
            r"|推荐指数|资源评分|应用软件|适用版本) ?: ?\S{0,12}|(?:认证信息|个人认证|企业认证"
            r"|IP属地(?: ?: ?\S{1,4})?|.{1,6}\(实名认证\))|仅供个人学习"
        ),
        required_literals=(
            "准类",
            "源属",
            "源类",
            "属分",
            "档分",
            "权方",
            "源语",
            "件语",
            "新频",
            "档热",
            "荐指",
            "源评",
            "用软",
            "用版",
            "证信",
            "人认",
            "业认",
            "属地",
            "名认",
            "供个",
        ),
        match=["标准类别:施工组织设计", "资源属性:", "IP属地:河南", "高**(实名认证)"],
        never=["资源类别:包括森林、矿产和水资源三大类,由主管部门划定。"],
    ),
    Rule(
        id="card.brief",
        why="head of a download brief",
        position=Position.HEAD,
        pattern=r".{2,14}下载简介|资源目录|压缩包内文档预览 ?:(?: ?\(预览前\d+页/共(?P<pages>\d+)页\))?",
        required_literals=("载简", "源目", "缩包"),
        match=["施工组织设计下载简介", "资源目录", "压缩包内文档预览:(预览前20页/共60页)"],
        never=["资源目录由水利局编制。"],
        rank=3,
    ),
    Rule(
        id="card.glued_kind",
        context_only=True,
        why="the label 类型 of the card",
        position=Position.HEAD,
        pattern=r"类型|编号|格式|大小|价格|上传时间|上传人|资源ID|页数",
        match=["类型"],
        never=["类型多样"],
    ),
    Rule(
        id="card.register",
        why="entries of a public register: what an office says of a paper above its text",
        position=Position.HEAD,
        pattern=(
            rf"[-| ]{{0,3}}(?:{_ENTRY}){{2,8}}|[-| ]{{0,3}}索 ?引 ?号 ?:[| ]{{0,3}}[^。;!?:]{{0,60}}"
            rf"|[-| ]{{0,3}}索 ?引 ?号 ?\|[| ]{{0,3}}[A-Za-z]{{0,6}}\d[\w/-]{{5,60}}[| ]{{0,6}}(?:{_CELLS}){{0,3}}"
            r"|[-| ]{0,3}备注/ ?文号 ?:[^。;!?:]{0,60}"
        ),
        match=[
            "- 索 引 号:QH04100-1100-2016-00100",
            "发文日期: 2019-01-23 生效时间: 2019-01-23",
            "发布机构:青禾县门户网站 文号:青办发〔2017〕5号",
            "| 索 引 号: | 001/2020 | 信息分类: | |",
            "索引号 | 001008003001086/2020-42401 | ||",
            "索引号 | 620702069/2023-00096 | 发文字号 | 号 |",
        ],
        never=[
            "索引号|int|唯一数值索引,不重复",
            "文号:青办发〔2017〕5号",
            "发布机构负责解释;生效日期另行通知。",
            "主题词:防汛 工作 通知",
        ],
    ),
    Rule(
        id="card.register_entry",
        context_only=True,
        why="one entry of a public register, beside others",
        position=Position.HEAD,
        pattern=rf"[-|•· ]{{0,3}}{_ENTRY}|[| ]{{0,3}}(?:关键词 ?\| ?)?(?:{_CELLS}){{1,4}}",
        match=[
            "- 发布机构:青禾县政府办",
            "公文生成日期:2016-06-23",
            "发文日期:",
            "组配分类 | 部门文件 | 发布机构 | 青禾镇 |",
        ],
        never=["发布机构负责解释。", "文号 青禾镇 | 发布机构", "| 序号 | 文号 | 发文日期 | 有效性 |"],
    ),
)

ROWS = (
    Rule(
        id="card.facts",
        why="facts of a file in a row, at least two that only a file or page has: date, size, pages, format, price, counters",
        role=LineRole.BYLINE,
        pattern=(
            rf"(?:{_LOOSE}{_BAR}){{0,2}}{_STRONG}(?:{_BAR}(?:{_STRONG}|{_LOOSE})){{0,3}}{_BAR}{_STRONG}(?:{_BAR}(?:{_STRONG}|{_LOOSE})){{0,5}}"
            rf"|(?:文/[^ ,。;!?]{{1,12}} )?(?:{_NAMED} ){{0,3}}(?:{_STRONG} ){{0,3}}{_KEY}(?: (?:{_STRONG}|{_NAMED})){{1,6}}"
            r"|(?:【(?:大小|格式|页数|更新|人气|浏览|点击|时间|作者|来源|分类)】 ?:? ?[^【】]{1,20}){3,8}"
            r"|(?:【(?:发布者|作者|时间|浏览|点击|阅读|来源|收藏|报错|打印)(?: ?: ?[^【】]{0,20})?】){3,8}"
            rf"|(?:{_GLUED} ?: ?[^:。;!?]{{1,24}}?){{3,8}}(?:本地下载)?(?:备用下载)?"
        ),
        required_literals=(
            "|",
            "·",
            "/",
            "┊",
            "KB",
            "MB",
            "格式",
            "页数",
            "浏览",
            "点赞",
            "人气",
            "热度",
            "被引",
            "读量",
            "新时",
            "【",
            "传人",
            "传者",
            "传时",
            "布时",
            "大小",
            "载次",
            "料类",
            "件类",
            "所需",
            "件等",
            "权方",
        ),
        match=[
            "上传者:半亩方塘 | 2023-11-06 | 浏览 1846 | 下载 37 | 12页 | DOCX | 86.5KB",
            "3.0 · 热心网友 · 2023-09-25 · 15.2KB · 2页 · 约900字",
            "贡献者:mingyue0923 格式:pdf 大小:1.2MB 共14页 2022-08-30",
            "【大小】112KB 【格式】DOC 【页数】16 【更新】2021-09-17 【人气】2203",
            "上传人:清风徐来上传时间:2023-08-21格式:DOCX页数:8大小:29.7KB浏览:640",
        ],
        never=[
            "【目的】探讨效果 【方法】分组比较 【结果】有效",
            "时间:2023年3月 地点:三楼会议室",
            "张三 | 男 | 1990年 | 本科",
            "第1页,共3页",
            "材料大小:3cm 页边距:2cm",
        ],
        rank=4,
    ),
    Rule(
        id="card.numbered",
        why="facts of a file in a row behind its number",
        pattern=rf"(?:模板|文档|资料)?编号 ?: ?[A-Za-z\d-]{{3,20}}(?: (?:{_STRONG}|{_NAMED})){{2,6}}|ID ?: ?\d{{4,20}}(?: (?:{_STRONG}|{_NAMED})){{1,6}}",
        match=["ID:3046628 大小:33.5KB 页数:7 时间:2023-06-18", "模板编号:JL20881 格式:Word 页数:2页 颜色:蓝色"],
        never=["编号:A12", "编号:12-3 名称"],
        rank=4,
    ),
)
"""What a row states is read by the rules above, where one of them knows the row; these come last."""
