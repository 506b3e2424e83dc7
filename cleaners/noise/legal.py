"""Copyright and liability notices, and the keyword block of the wenku CMS."""

from cleaners.rules.rule import Position, Rule

_CREDIT = r"(?:图文|文图|责任编辑|责编|编[辑审]|美编|排版|[一二三初复终]审|审[核校]|校对|总?监制|供稿|撰稿|摄[影像]|文字?|图片?) ?[:/|丨] ?[一-鿿·]{2,4}(?:[ 、][一-鿿·]{2,4}){0,3}"
_EDITOR = r"(?:图文|文图|责任编辑|责编|编[辑审]|美编|排版) ?[:/|丨] ?[一-鿿·]{2,4}(?:[ 、][一-鿿·]{2,4}){0,3}"
_NEXT = "[;,|/ ]{1,3}"

RULES = (
    Rule(
        id="legal.renrendoc",
        why="notice above the text layer of renrendoc",
        position=Position.HEADER_END,
        pattern=r"版权说明 ?: ?本文档由用户提供并上传,收益.{2,12}内容提供方,若内容存在侵.{1,12},请进行举报或认领。?",
        match=[
            "版权说明:本文档由用户提供并上传,收益归属内容提供方,若内容存在侵权,请进行举报或认领",
            "版权说明:本文档由用户提供并上传,收益?归w属内容提供方,若内容存在侵?權?,请进行举报或认领",
        ],
        never=["版权说明:本书由作者授权出版。"],
    ),
    Rule(
        id="legal.member_upload",
        why="legal notice of a download page: names title and uploader",
        pattern=(
            r"本文\((?P<title>.{2,120}?)(?:\.(?P<format>[A-Za-z]{2,5}x?))?\)为本站会员\((?P<uploader>.{1,20}?)\)(?:主动)?上传,.+"
        ),
        match=[
            "本文(学习笔记.docx)为本站会员(b****5)主动上传,青禾网仅提供信息存储空间,仅对用户上传内容的表现方式做保护处理。"
        ],
        never=["本文(学习笔记)为本单位内部材料。"],
        rank=4,
    ),
    Rule(
        id="legal.site",
        why="the site disclaims what it shows: whole line, speaks of this site, this article or infringement",
        pattern=(
            r"平台声明 ?:.{10,200}|(?:版权所有|主办单位|承办单位|技术支持) ?:.{2,80}"
            r"|[本该]文档为【[^】]+】,请使用软件.+|该文档来自用户分享,如有侵权.+|[\[【]?版权声明[\]】]? ?:?.*(?:本站|网站|平台|网友|用户分享|侵权).*"
            r"|(?:【[^】]{2,8}】)? ?(?:(?:声明|免责声明|版权声明|版权所有|特别声明|本站声明)[^。]{0,30}[:,].{0,120}(?:本站|立场|观点|侵权|删除|联系|版权|转载|网友|网络).{0,80}"
            r"|以上文章仅代表作者个人观点.{0,80}|如有侵权,?请联系.{0,20}删除.{0,40}|(?:文章|图片|素材|本文"
            r"|内容)(?:均)?(?:来源于|来自)(?:网络|互联网|网友).{0,60}(?:侵权|删除|联系).{0,30}"
            r"|[^,。;:!?]{2,14}(?:网|网站|文库|论坛|频道)版权所有.{0,24}|网友评论 ?仅供.{0,60}|请自觉遵守互联网相关的?政策法规.{0,60}|本站内容(?:均|皆)?[为由].{0,10}(?:分享|上传).{0,6},如有侵权.{0,60}|.{0,60}ICP备.{0,40}|.{0,160}ICP[备证]第?\d{5,12}.{0,200}|(?:.{0,10}|版权所有.{1,60})公网安?备.{0,30})"
        ),
        required_literals=(
            *(
                "声明",
                "权所",
                "办单",
                "术支",
                "为【",
                "户分",
                "仅代",
                "有侵",
                "于网",
                "自网",
                "于互",
                "自互",
                "友评",
                "守互",
            ),
            *("站内", "P备", "P证", "公网"),
        ),
        match=[
            "本站声明:文章内容由网友上传,不代表本站立场。",
            "如有侵权,请联系网站删除",
            "版权所有 青禾街道办事处 京公网安备11010200000001号",
        ],
        never=[
            "声明:本人对所提供材料的真实性负责。",
            "版权所有者有权提起诉讼。",
            "本站站长负责日常管理,工作纪律严明。",
        ],
    ),
    Rule(
        id="legal.copyright",
        why="the line of the site's owner at the foot; a text's own stands in its head",
        position=Position.TAIL,
        pattern=r"(?i:Copyright).{1,80}|©.{0,80}",
        required_literals=("©", "gh", "GH", "Gh", "gH"),
        match=["Copyright © 2008-2018", "© 2019 青禾文库"],
        never=["本刊 Copyright 说明", "COPYRIGHT"],
    ),
    Rule(
        id="legal.imprint",
        why="a journal's line above an article: whose rights, of which year, published by whom",
        position=Position.HEAD,
        pattern=(
            r"(?i:Copyright ?)?(?:©|\([cC]\)) ?(?:.{2,60} )?(?:19|20)\d\d\b[^。]{0,60}\b[Pp]ublished by .{2,80}"
            r"\b[Aa]ll [Rr]ights [Rr]eserved\.?"
        ),
        required_literals=("ed",),
        match=[
            "Copyright ©The Author(s) 2018. Published by Qinghe Publishing Group Inc. All rights reserved.",
            "© 2019 Qinghe Ltd. Published by Qinghe B.V. All rights reserved",
        ],
        never=[
            "Copyright (c) 1990 Lin Qinghe. All rights reserved.",
            "本书 1990 年 published by Qinghe, all rights reserved.",
        ],
    ),
    Rule(
        id="legal.platform",
        why="a platform's statement below what its users post: it stores only",
        position=Position.TAIL,
        pattern=(
            r"(?:.{2,8}声明 ?: ?)?.{0,12}(?:以上|上述|该|此|本)(?:内容|文章?|作品|图文)[^。]{0,80}(?:平台|本站|本网|网站|社区|号)[^。]{0,12}仅?提供信息存储(?:空间)?(?:服务)?[^。]{0,30}。?"
            r"|本(?:文|站|网站)?(?:内容|文章)?由(?:互联网|网络)?(?:用户|网友)(?:自发|自行|自主)?(?:贡献|投稿|上传|发布)[^。]{0,60}。?本(?:站|网站?|平台)仅?提供信息存储(?:空间)?(?:服务)?[,。].{0,200}"
            r"|(?:Notice|Note) ?: ?The (?:content|article|text) above.{0,80}(?:uploaded|posted).{0,120}storage services?\.?"
        ),
        required_literals=("存储", "Th"),
        match=[
            "特别声明:以上内容(如有图片亦包括在内)为自媒体平台“青禾号”用户上传并发布,本平台仅提供信息存储服务。",
            "Notice: The content above is uploaded and posted by a user of Qinghe, which only provides information storage services.",
            "本文内容由互联网用户自发贡献,该文观点仅代表作者本人。本站仅提供信息存储空间服务,不拥有所有权,不承担相关法律责任。",
        ],
        never=[
            "平台提供信息存储服务的,应当登记。",
            "本平台仅提供信息存储服务,不参与交易。",
            "本文由网友投稿,讲的是修渠的经过。",
            "本文由网友投稿改写而成。本站的水泵去年换过一次,提供信息的是村里的老人。",
        ],
    ),
    Rule(
        id="legal.author_owns",
        why="a blog's notice below the text",
        position=Position.FOOTER_START,
        pattern=r"©? ?著作权归作者所有,?转载或内容合作请联系作者",
        match=["©著作权归作者所有,转载或内容合作请联系作者"],
        never=["著作权归作者所有。"],
    ),
    Rule(
        id="legal.reprint",
        why="whoever prints the text again is asked to name where it comes from",
        position=Position.TAIL,
        pattern=(
            r"[【\[(]?(?:(?:本[文篇站网]|文章|原创|原文|版权|声明|特别声明|来源|注|以上|©)[^!?]{0,80}?[,。:;! ]{1,3})?"
            r"(?:如需|如要|如果|欢迎|若需?)?转载(?:本文|文章|时|者)?,?(?:请|须|敬请|务必)(?:您|务必)?(?:注明|著名|标明|附上) ?(?:出处|来源|来自|作者|原文|本文|文章)"
            r"[^。!?]{0,100}[。!]?(?: ?[上下]一篇 ?:?)?[】\])]?"
            r"|如若转载,请注明出处 ?: ?https?://[!-~]{4,200}"
        ),
        required_literals=("转载",),
        match=[
            "转载请注明出处",
            "转载请注明来自青禾网,本文地址:http://www.example.com/1.html",
            "文章来源--青禾农机,转载请著名出处! 上一篇:",
            "本文来自青禾网,转载请注明出处。",
            "【如需转载请注明出处】",
            "如若转载,请注明出处:https://www.example.com/1.html",
        ],
        never=[
            "各单位转载文件时请注明文号。",
            "转载须经本刊同意。",
            "如若转载,请注明出处:老渠工手记",
            "他说,转载请注明出处。",
            "本文写于病中,若转载请务必保留我父亲的名字和他在前线的那段经历",
        ],
    ),
    Rule(
        id="legal.origin",
        why="who put it up, and what to do about it",
        position=Position.TAIL,
        pattern=(
            r"本(?:文|资源|文档|资料|试卷|作品|词条)(?:档)?(?:由|来自|来源于|系)[^。]{0,16}(?:上传|网友|网络|整理|分享)[^。]{0,24}(?:侵权|版权|转载)[^。]{0,40}。?"
            r"|以上[^。,]{0,10}由[^。,]{2,12}(?:网|网站|文库)(?:收集|整理)[^。]{0,8},仅供参考.{0,50}|(?:\(?未经授权禁止转载,全文共\d{2,6}字,当前显示\d{2,6}字\)?)"
            r"|未经(?:许可|授权|允许),?[^。]{0,10}(?:转载|复制|摘编)本站[^。]{0,12}。?|本站(?:信息|内容|资料)仅供参考,[^。]{2,20}|\([^()]{2,30}(?:收集|搜集)整理\)|\(本文来源 ?:[^()]{2,40}\)|[^。,]{2,10}为C2C交易平台,.{2,60}|增值电信业务经营许可证.{2,60}|[^。,;!?]{2,10} ?Copyright ?©.{0,100}"
        ),
        required_literals=(
            "C2",
            "增值",
            "未经",
            "本站",
            "Co",
            "集整",
            *(what + how for what in "文源档料卷品条" for how in "由来系"),
            *(whose + how for whose in "网站库" for how in "收整"),
        ),
        max_chars=130,
        match=[
            "本文由桑榆文库用户上传,如有侵权请联系客服处理。",
            "以上合同范本由阡陌合同网收集整理,仅供参考,不构成法律意见。",
            "本站信息仅供参考,据此操作风险自担",
            "本词条由青禾百科整理并发布,未经许可不得转载。",
            "(鹿鸣作文苑 收集整理)",
        ],
        never=[
            "本文由教育部整理发布。",
            "本词条由王某某撰写。",
            "未经许可,任何人不得转载。",
            "以上数据由统计局整理,仅供参考。",
        ],
    ),
    Rule(
        id="legal.sentence",
        context_only=True,
        why="a sentence about what this site shows; a site's own agreement says the same",
        position=Position.TAIL,
        pattern=r"(?:本站|本网站?|本平台)[^。]{0,40},.{0,120}(?:立场|观点|侵权|删除|联系|版权|转载|网友|网络).{0,80}",
        match=["本站所有文字、图片的著作权归原作者所有,未经许可不得转载。"],
        never=["本站站长负责日常管理,工作纪律严明。"],
    ),
    Rule(
        id="legal.keyword_block",
        why="heads and stock sentences of the keyword block",
        position=Position.ANY,
        pattern=(
            r"配套讲稿 ?:|特殊限制 ?:|关 +键 +词 ?:(?: ?(?P<keywords>[^。;!?:]{2,120}))?|限制150内|如PPT文件的首页显示word图标.{0,60}"
            r"|部分文档作品中含有的国旗、国徽等图片,仅作为作品整体效果示例展示,禁止商用。.{0,60}"
        ),
        match=[
            "配套讲稿:",
            "关 键 词:",
            "限制150内",
            "如PPT文件的首页显示word图标,表示该PPT已包含配套word讲稿。双击word图标可打开word文档。",
        ],
        never=["关键词:治理;创新", "特殊限制:夜间禁止施工。"],
    ),
    Rule(
        id="legal.passes_on",
        why="a site says that it only passes the text on, or that it takes down what is another's",
        position=Position.TAIL,
        pattern=(
            r"[^。!?,;:]{2,20}(?:发布|刊登|登载|转载|刊发)(?:此|本|该)文,?(?:目的)?(?:仅|只)?(?:为|是为|在于|出于)(?:了)?传递(?:更多)?(?:信息|资讯)[^。]{0,80}。?"
            r"|如(?:果|有)?侵犯(?:了)?(?:您|你)的(?:版权|权益|权利),?请(?:及时|尽快)?(?:与我们联系|联系我们|告知),?我们(?:将|会)(?:在?第一时间|及时|尽快|立即)[^。]{0,12}。?"
            r"|转载请带上本文地址 ?: ?https?://.{4,160}"
        ),
        required_literals=("传递", "侵犯", "带上"),
        max_chars=220,
        match=[
            "青禾手游网发布此文仅为传递信息,不代表青禾认同其观点或证实其描述。",
            "如有侵犯您的版权,请联系我们,我们将及时删除。",
            "转载请带上本文地址:http://www.example.com/1.html本文来自青禾新闻网",
        ],
        never=["如有侵犯商业秘密的行为,请联系公安机关。", "他转载此文,没有署名。"],
    ),
    Rule(
        id="legal.editor",
        why="who answers for a news text",
        position=Position.TAIL,
        pattern=(
            r"[(【\[]? ?(?:责任|本文|值班|文字)?编辑 ?(?:: ?\S{2,10}|[|丨] ?[一-鿿·]{2,4}) ?[)】\]]?|(?:详情请见|原文(?:链接|地址)"
            r"|本文(?:来源|地址|链接)|链接地址|文章来源) ?: ?https?://\S{4,200}|编审 ?: ?[一-鿿·]{2,4}|\[?责编.{0,3}: ?\S{2,6}\]?"
        ),
        match=[
            "责任编辑:臧小平",
            "[ 责任编辑:臧小平 ]",
            "编审:王小满",
            "编辑丨王小满",
            "详情请见:https://news.example.com/1.shtml",
            "链接地址:http://www.example.com//a/1.html",
        ],
        never=["编辑:负责稿件的初审和校对。", "编审:负责全书的终审"],
    ),
    Rule(
        id="legal.credits",
        why="who wrote a news text, and who edited and read it, with two names or more",
        position=Position.TAIL,
        pattern=rf"[(【]?(?:(?:{_CREDIT}{_NEXT}){{0,5}}{_EDITOR}(?:{_NEXT}{_CREDIT}){{1,5}}|(?:{_CREDIT}{_NEXT}){{1,6}}{_EDITOR})[)】]?",
        required_literals=("编", "文", "版"),
        match=[
            "图文:王小满;一审:李大年;二审:赵春生",
            "供稿:王小满 编审:李大年",
            "责编:王小满 校对:李大年 监制:赵春生",
            "文丨王小满 图丨李大年 编辑丨赵春生",
        ],
        never=["一审:败诉;二审:胜诉", "编制:王小满 审核:李大年", "图文:王小满", "校对:先看数字,再看人名"],
    ),
    Rule(
        id="legal.credits_glued",
        why="the same in brackets, glued behind the last word of the text",
        position=Position.ANY,
        span=True,
        pattern=(
            rf"(?m)[。!?”](?P<inside>\((?:(?:{_CREDIT}{_NEXT}){{0,5}}{_EDITOR}(?:{_NEXT}{_CREDIT}){{1,5}}|(?:{_CREDIT}{_NEXT}){{1,6}}{_EDITOR})\))$"
        ),
        required_literals=("编辑", "责编", "编审", "美编", "图文", "文图", "排版"),
        match=["水就从渠里来了。(图文:王小满;一审:李大年;二审:赵春生)"],
        never=["水就从渠里来了。(一审:败诉;二审:胜诉)", "水就从渠里来了。(图文:王小满)"],
    ),
    Rule(
        id="legal.medical",
        why="notice of a site that its medical texts are no advice",
        position=Position.TAIL,
        pattern=r"(?:声明|提示|提醒|免责声明) ?: ?(?:本文|本站|以上)(?:所?涉及的?|有?关)?(?:医学|医疗|健康)(?:部分|内容|知识|信息)?仅供(?:参考|阅读参考)[,。]?(?:不能?作为诊断.{0,20}[,。])?(?:如有不适,?[请建]议?.{2,20})?",
        required_literals=("仅供",),
        match=["声明:本文所涉及医学部分仅供参考。如有不适,建议立即就医。", "声明:以上健康内容仅供参考"],
        never=["如有不适,建议立即就医。", "声明:本文数据仅供参考。"],
    ),
    Rule(
        id="legal.citation",
        why="how a journal wants its paper cited, above the text",
        position=Position.HEAD,
        pattern=r"(?:引用本文|引用格式|本文引用格式|Citation|Cite this article(?: as)?) ?: ?.{10,400}",
        match=["引用本文: 王某某. 县域防汛的历史[J]. 青禾学报, 2019, 82(4): 373-378."],
        never=["引用本文时请注明出处。"],
    ),
    Rule(
        id="legal.citation_bare",
        context_only=True,
        why="the same without its label",
        position=Position.HEAD,
        pattern=r".{10,300}\[J\]\. ?.{2,60}, ?(?:19|20)\d\d, ?\d{1,4} ?\(\d{1,3}\) ?: ?\d{1,6}(?: ?- ?\d{1,6})?\.?(?: .{1,8})?",
        required_literals=("[J",),
        match=["WANG Mou. A History of Floods[J]. Journal of Qinghe, 2019, 82(4): 373-378."],
        never=["[1] 王某某. 县域防汛的历史[J]. 青禾学报, 2019."],
    ),
    Rule(
        id="legal.machine",
        why="notice that a machine has written what is beside it",
        position=Position.ANY,
        pattern=(
            r"[(【]?(?:以[上下]|本)(?:内容|回答|解析|文章?)?(?:均|全部)? ?由 ?(?:AI|人工智能|大模型) ?(?:自动|辅助|智能)?(?:生成|创作|总结)"
            r"(?:, ?(?:仅供(?:您|大家|读者)?参考|请(?:仔细|谨慎|注意)(?:甄别|核实|辨别)))?[。.]?[)】]?"
        ),
        match=["(以下内容由 AI 生成,仅供参考。)", "本文由AI生成"],
        never=["以下内容由人工智能课题组整理。", "本文由AI生成的图片说起。"],
    ),
    Rule(
        id="legal.answered_by",
        why="who gave the answer above",
        position=Position.TAIL,
        pattern=r"该(?:内容|回答|文章)由 ?.{2,16}(?: ?和 ?.{2,16})? ?(?:共创|提供|原创)(?:回答|解答)",
        match=["该内容由 王某某律师 和 青禾律云 共创回答"],
        never=["该内容由专家组提供。"],
    ),
    Rule(
        id="legal.report",
        context_only=True,
        why="a site of questions tells its readers to report what is against the law, below the button for it",
        position=Position.TAIL,
        pattern=r"如?(?:以上|上述)(?:问答|回答)(?:信息|内容)?中?(?:为|有|含有|存在|涉及)[^。!?]{0,30}(?:色情|低俗|侵权|违法|暴力)[^。!?]{0,40}点(?:击|下面)[^。!?]{0,16}举报[!。]?",
        required_literals=("举报",),
        match=[
            "如以上问答信息为低俗、色情、不良、暴力、侵权、涉及违法等信息,可以点下面链接进行举报!",
            "以上回答内容存在侵权或违法信息的,请点击举报",
        ],
        never=[
            "如以上信息涉及违法行为,群众可以向镇政府举报。",
            "对侵权、违法的信息,可以点名举报!",
            "如上述内容存在侵权,请点击网页右侧举报!",
            "以上内容有低俗、暴力情节的,老师应当提醒学生,不宜在班上讲。",
        ],
    ),
    Rule(
        id="legal.unsigned",
        why="labels of those who checked the text, without their names",
        position=Position.TAIL,
        pattern=r"(?:(?:审核|编辑|责编|校对|监制|终审|初审|复审|责任编辑|审核人?)[::] ?){2,4}",
        match=["审核:编辑:", "编辑: 校对: 审核:"],
        never=["审核:王某某 编辑:李某某", "审核:"],
    ),
    Rule(
        id="legal.favourite",
        why="a site of novels asks to be kept among the bookmarks, with its address",
        position=Position.TAIL,
        pattern=r".{0,40}请大家收藏 ?: ?\(?(?:[\w-]+\.){1,3}[a-z]{2,4}\)?.{0,60}",
        required_literals=("家收",),
        match=["喜欢青禾往事请大家收藏:(m.qinghe.cc)青禾往事更新速度最快。"],
        never=["请大家收藏好票据。"],
    ),
    Rule(
        id="legal.news_site",
        why="a news site says which texts are its own, which are not, and by when to write to it",
        position=Position.TAIL,
        context_only=True,
        pattern=(
            r"(?:[①-④]|[(]?[1-4][)、.]) ?凡(?:本[网站报]|[一-鿿]{2,10}[网报])(?:站|社)?注明.{0,400}"
            r"|凡(?:本[网站报]|[一-鿿]{2,10}[网报])(?:站|社)?注明 ?“?(?:稿件|文章|信息|作品)?(?:来源|出处)[^。]{2,60}"
            r"(?:作品|稿件|文章|内容|文字|图片|信息)[^。]{0,20},(?:均(?:为|是|系)[^。]{2,20}(?:版权|合法|所有)|均转载|版权均?[^。]{0,6}[属归]).{0,400}"
            r"|如因作品内容、版权和其[它他]问题需要?[同与]本[网站]联系的?,请[^。]{2,40}。?"
            r"|新闻热线 ?: ?[\d(][\d()-]{6,16}"
        ),
        required_literals=("注明", "闻热", "作品"),
        match=[
            "凡本网注明“来源:青禾网”的所有作品,均为青禾网合法拥有版权或有权使用的作品,未经本网授权不得转载。已经授权的,应注明来源。",
            "②凡本网注明“来源:XXX(非青禾网)”的作品,均转载自其它媒体,并不代表本网赞同其观点和对其真实性负责。",
            "如因作品内容、版权和其它问题需要同本网联系的,请在30日内进行。",
            "新闻热线:0571-8888888",
        ],
        never=[
            "凡注明来源的统计数据,均由办公室核定后使用。",
            "凡本网注明的开放时间,均以当日公告为准。",
            "新闻热线:欢迎群众来电",
            "如因作品内容有误,请作者在30日内更正。",
        ],
    ),
    Rule(
        id="legal.follow",
        why="a site promises its readers more of the same",
        position=Position.TAIL,
        context_only=True,
        pattern=r"(?:想了解|获取)?更多(?:精彩)?(?:资讯|内容|信息|文章|新闻)[,]?(?:敬请|请)(?:继续|持续|锁定)?关注[^,。!?]{2,24},(?:我们)?将(?:持续|不断|继续)?为(?:您|大家|你)(?:更新|带来|提供|推送)[^。!?]{2,16}[!。]?",
        required_literals=("更多",),
        max_chars=70,
        match=["更多精彩资讯请关注青禾每日头条,我们将持续为您更新最新资讯!"],
        never=["更多信息请关注镇政府公告栏,我们将在汛期每日公布水位。", "请关注青禾每日头条。"],
    ),
    Rule(
        id="legal.comments",
        why="whose views readers' comments are",
        position=Position.TAIL,
        pattern=r"(?:所有|以上|网友|读者)?(?:评论|留言|跟帖)(?:内容)?(?:仅|只)(?:代表|反映)(?:网友|读者|其|评论者|发表者)(?:个人)?(?:意见|观点|看法)(?:,.{2,40})?[。!]?",
        required_literals=("评论", "留言", "跟帖"),
        max_chars=60,
        match=["所有评论仅代表网友意见", "网友评论仅代表其个人观点,与本站立场无关。"],
        never=["评论仅代表一方意见的,应当注明。", "他的评论只代表个人观点。"],
    ),
)
