"""Tips and notices of the site about downloading and copyright: numbered lists that are no part of the document."""

from cleaners.rules.rule import Position, Rule

RULES = (
    Rule(
        id="tips.head",
        why="head of the tips or of the download notice",
        pattern=r"友情提示|下载须知|【?下载声明】?|版权提示 ?\| ?免责声明|合集下载|特别说明|温馨提示",
        match=["友情提示", "【下载声明】", "合集下载"],
        never=["友情提示:雨天路滑,请注意安全。"],
    ),
    Rule(
        id="tips.head_colon",
        context_only=True,
        why="head of the tips with a colon, as a document may also write it",
        pattern=r"(?:友情提示|温馨提示|特别提示|特别说明) ?:",
        match=["温馨提示:"],
        never=["温馨提示:雨天路滑,请注意安全。"],
    ),
    Rule(
        id="tips.report",
        why="form for reporting a document, and what its reader should know of watermarks",
        pattern=r"举报原因 ?:(?: ?(?:侵权|违法|垃圾内容|违规|其他|色情|政治敏感)){0,8}|下载提示 ?: ?\d?[.、]?.{0,10}文档阅读时显示.{0,40}水印.{0,80}",
        match=["举报原因: 侵权 违法 垃圾内容", "下载提示:1.有的文档阅读时显示本站水印的,下载文档后都没有本站水印的。"],
        never=["举报原因:不明"],
    ),
    Rule(
        id="tips.pdf",
        why="tip 2 of the wenku CMS",
        position=Position.ANY,
        pattern=r"(?:\d[、.] ?)?PDF文件下载后,可能会被浏览器默认打开.{0,80}",
        match=["2、PDF文件下载后,可能会被浏览器默认打开,此种情况可以点击浏览器菜单,保存网页到桌面,就可以正常下载了。"],
        never=["PDF文件下载后,请核对页数。"],
    ),
    Rule(
        id="tips.thunder",
        why="tip 3 of the wenku CMS",
        position=Position.ANY,
        pattern=r"(?:\d[、.] ?)?本站不支持迅雷下载.{0,80}",
        match=["3、本站不支持迅雷下载,请使用电脑自带的IE浏览器,或者360浏览器、谷歌浏览器下载即可。"],
        never=["不支持迅雷下载的文件,可用邮件传送。"],
    ),
    Rule(
        id="tips.watermark",
        why="tip 4 of the wenku CMS",
        position=Position.ANY,
        pattern=r"(?:\d[、.] ?)?本站资源下载后的文档和图纸-?无水印.{0,60}",
        match=["4、本站资源下载后的文档和图纸-无水印,预览文档经过压缩,下载后原文更清晰。"],
        never=["本站资源下载后请及时归档。"],
    ),
    Rule(
        id="tips.answers",
        why="tip 5 of the wenku CMS",
        position=Position.ANY,
        pattern=r"(?:\d[、.:] ?)?试题试卷类文档,如果标题没有明确说明有答案则都视为没有答案,请知晓。?",
        match=["5、试题试卷类文档,如果标题没有明确说明有答案则都视为没有答案,请知晓。"],
        never=["试题试卷类文档应当密封保存。"],
    ),
    Rule(
        id="tips.terms",
        why="terms of sale of a document site: a numbered sentence that speaks of this site, payment and the uploaded document",
        pattern=(
            r"(?:\d{1,2} ?[、.:)]? ?){0,2}(?:当您付费下载文档后,您只拥有了使用权限"
            r"|本站所有内容均由合作方或网友上传|如文档内容存在违规,或者侵犯商业秘密|如遇任何问题请联系客服"
            r"|下载文档前请自行甄别文档内容的完整性|\"仅部分预览\"的文档,不可在线预览部分"
            r"|如文档侵犯您的权益,请联系客服|本站不保证.{0,12}下载资源的(?:准确|安全|完整)性|(?:该|本)(?:文档"
            r"|资料|资源)(?:由|系|所得收入).{0,30}(?:上传|会员|用户)|网页内容里面会有图纸预览|(?:部分)?(?:下载"
            r"|付费)(?:前|后).{0,20}(?:不予|不支持|概不)退(?:款|换|还)|压缩文件请下载最新的WinRAR"
            r"|文档的所有权益归上传用户所有|未经权益所有人同意不得将文件|人人文库网?仅提供信息存储空间"
            r"|本站(?:仅|只)(?:提供|为用户提供)信息存储).{0,200}"
        ),
        match=[
            "1、当您付费下载文档后,您只拥有了使用权限,并不意味着购买了版权。",
            "1. 1、下载文档前请自行甄别文档内容的完整性,平台不提供额外的编辑等附加服务。",
            "4、如遇任何问题请联系客服微信:22665800",
        ],
        never=["1、当您付费后,请保留凭证。", "本站所有干部职工均应参加值班。"],
    ),
    Rule(
        id="tips.uploaded",
        why="the site says that users upload its documents and what that means",
        pattern=(
            r"(?:提示 ?:? ?)?[^。]{0,40}?(?:所有)?(?:资源|资料|文档|内容)均(?:是|为|由)(?:用户|网友|会员)(?:自行)?上传(?:分享)?,.{0,200}"
            r"|(?:\d{1,2} ?[、.:)] ?)?(?:文件|文档|资料)的所有权益归上传用户所有。?|(?:\d{1,2} ?[、.:)] ?)?未经权益所有人同意不得将文件中的内容.{0,60}"
            r"|(?:\d{1,2} ?[、.:)] ?)?本站(?:所有资料如无特殊说明|仅提供(?:交流平台|信息存储空间)|不保证下载资源的准确性).{0,200}"
            r"|(?:\d{1,2} ?[、.:)] ?)?下载文件中如有侵权或不适当内容,请与我们联系.{0,60}"
            r"|若此文所含内容侵犯了您的版权或隐私,请立即通知.{0,120}"
            r"|快捷下载时,如果您不填写信息,系统将为您自动创建临时账号.{0,40}|如果您填写信息,用户名和密码都是您填写的.{0,80}"
        ),
        required_literals=(
            *("户上", "友上", "员上", "行上", "归上", "经权", "站所", "站仅", "站不", "有侵", "容侵", "快捷", "您填"),
        ),
        match=[
            "提示 青禾文库所有资源均是用户自行上传分享,仅供网友学习交流,未经上传用户书面授权,请勿作他用。",
            "5. 本站仅提供交流平台,并不能对任何下载内容负责。",
            "快捷下载时,如果您不填写信息,系统将为您自动创建临时账号,适用于临时下载。",
        ],
        never=["资料均由各单位上传,请及时核对。", "本站仅提供饮用水和简餐。"],
    ),
    Rule(
        id="tips.word_file",
        why="offer of the text as a file, below the text",
        position=Position.TAIL,
        pattern=(
            r"下载.{2,100}(?:word格式文档|\.docx?|全文|\(word版\))|将本文(?:档|的Word文档)?下载到(?:自己|您的)?电脑,.{2,60}"
            r"|点(?:击|此处)下载文档|文档为(?:doc|docx|word|Word)格式|点击下载.{0,40}(?:文档|全文)|(?:本文)?(?:word|Word)版下载|点击下载(?:Word|word)版?.{0,10}"
        ),
        match=[
            "下载学生会工作总结(样例5)word格式文档",
            "点此处下载文档",
            "文档为doc格式",
            "将本文档下载到自己电脑,方便修改和收藏,请勿使用迅雷等下载。",
        ],
        never=["下载报名表后填写", "文档为主要载体"],
    ),
    Rule(
        id="tips.read_below",
        why="pointer to the box below",
        position=Position.TAIL,
        pattern=r"\(?请(?:认真)?阅读下面的?提示信息。?\)?",
        match=["(请认真阅读下面的提示信息)"],
        never=["请认真阅读下面的材料,回答问题。"],
    ),
)
