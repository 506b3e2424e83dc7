"""Copyright and liability notices, and the keyword block of the wenku CMS."""

from cleaners.rules import Place, Rule

RULES = (
    Rule(
        id="legal.renrendoc",
        why="notice above the text layer of renrendoc",
        place=Place.START,
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
            r"|本文档为【[^】]+】,请使用软件.+|[\[【]?版权声明[\]】]? ?:?.*(?:本站|网站|平台|网友|用户分享|侵权).*"
            r"|(?:【[^】]{2,8}】)? ?(?:(?:声明|免责声明|版权声明|版权所有|特别声明|本站声明)[^。]{0,30}[:,].{0,120}(?:本站|立场|观点|侵权|删除|联系|版权|转载|网友|网络).{0,80}"
            r"|以上文章仅代表作者个人观点.{0,80}|如有侵权,?请联系.{0,20}删除.{0,40}|(?:文章|图片|素材|本文"
            r"|内容)(?:均)?(?:来源于|来自)(?:网络|互联网|网友).{0,60}(?:侵权|删除|联系).{0,30}"
            r"|(?i:Copyright) ?[©@]?.{0,80}|©.{0,80}|[^,。;:!?]{2,14}(?:网|网站|文库|论坛|频道)版权所有.{0,24}|网友评论 ?仅供.{0,60}|请自觉遵守互联网相关的?政策法规.{0,60}|本站内容(?:均|皆)?[为由].{0,10}(?:分享|上传).{0,6},如有侵权.{0,60}|.{0,60}ICP备.{0,40}|.{0,10}公网安备.{0,30})"
        ),
        needs=(
            "声明",
            "版权",
            "主办",
            "承办",
            "术支",
            "为【",
            "仅代",
            "侵权",
            "于网",
            "自网",
            "于互",
            "自互",
            "©",
            "gh",
            "GH",
            "Gh",
            "gH",
            "友评",
            "请自",
            "站内",
            "IC",
            "公网",
        ),
        match=["本站声明:文章内容由网友上传,不代表本站立场。", "Copyright © 2008-2018", "如有侵权,请联系网站删除"],
        never=[
            "声明:本人对所提供材料的真实性负责。",
            "版权所有者有权提起诉讼。",
            "本站站长负责日常管理,工作纪律严明。",
        ],
    ),
    Rule(
        id="legal.author_owns",
        why="a blog's notice below the text",
        place=Place.END,
        pattern=r"©? ?著作权归作者所有,?转载或内容合作请联系作者",
        match=["©著作权归作者所有,转载或内容合作请联系作者"],
        never=["著作权归作者所有。"],
    ),
    Rule(
        id="legal.sentence",
        weak=True,
        why="a sentence about what this site shows; a site's own agreement says the same",
        place=Place.TAIL,
        pattern=r"(?:本站|本网站?|本平台)[^。]{0,40},.{0,120}(?:立场|观点|侵权|删除|联系|版权|转载|网友|网络).{0,80}",
        match=["本站所有文字、图片的著作权归原作者所有,未经许可不得转载。"],
        never=["本站站长负责日常管理,工作纪律严明。"],
    ),
    Rule(
        id="legal.keyword_block",
        why="heads and stock sentences of the keyword block",
        place=Place.ANY,
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
        id="legal.editor",
        why="who answers for a news text",
        place=Place.TAIL,
        pattern=(
            r"[(【\[]?(?:责任|本文|值班|文字)?编辑 ?: ?\S{2,10}[)】\]]?|(?:详情请见|原文(?:链接|地址)"
            r"|本文(?:来源|地址|链接)|链接地址|文章来源) ?: ?https?://\S{4,200}|\[?责编.{0,3}: ?\S{2,6}\]?"
        ),
        match=[
            "责任编辑:臧小平",
            "详情请见:https://news.example.com/1.shtml",
            "链接地址:http://www.example.com//a/1.html",
        ],
        never=["编辑:负责稿件的初审和校对。"],
    ),
)
