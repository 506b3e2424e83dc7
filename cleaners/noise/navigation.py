"""Navigation: welcome lines, menus, breadcrumbs, share buttons, single words of a page's frame."""

from cleaners.rules.rule import LineRole, Position, Rule

BUTTON_OF_MISTAKES = r"(?:加入(?:收藏|错题[本集])|错题(?:反馈|纠错|收藏)|(?:我要|试题)纠错)"
BUTTON_OF_EXERCISE = rf"(?:(?:隐藏|查看|显示|收起)(?:答案|解析)|加入记忆|(?:记|写)?笔记|{BUTTON_OF_MISTAKES})"
"""Buttons of sites of exercises."""

RULES = (
    Rule(
        id="nav.welcome",
        why="first line of the wenku CMS: welcome, help centre, slogan",
        position=Position.HEAD,
        pattern=r"欢迎(?:来到|光临|您?访问)(?P<site>.{1,40}?)[!。]?(?: ?\|)? ?帮助中心.{0,60}",
        match=["欢迎来到青禾文库! | 帮助中心 青禾文库qinghe.com(办公文档下载平台)"],
        never=["欢迎来到我们的家乡!这里山清水秀,人杰地灵。", "欢迎您注册成为本网站用户。"],
    ),
    Rule(
        id="nav.skip_links",
        why="links for readers without a mouse, first on the pages of blogs",
        position=Position.HEAD,
        pattern=r"(?i:skip to (?:the )?(?:main |primary |secondary )?(?:content|sidebar|footer|navigation|menu|search) ?){1,4}",
        required_literals=("ki", "KI"),
        max_chars=140,
        match=["Skip to content", "Skip to content Skip to sidebar Skip to footer"],
        never=["Skip to content links help those who use a keyboard.", "Skip to the next chapter"],
    ),
    Rule(
        id="nav.slogan",
        why="site slogan near the top",
        position=Position.HEAD,
        pattern=(
            r"(?:好文档才是您的得力助手|分享价值,成长自我|分享知识,传播智慧|优秀实用范文分享"
            r"|一个上传文档投稿赚钱的网站)!?"
        ),
        match=["好文档才是您的得力助手!", "优秀实用范文分享"],
        never=["分享知识,传播智慧,是我们创办这份刊物的初衷。"],
    ),
    Rule(
        id="nav.categories",
        why="head of a category menu",
        position=Position.HEAD,
        pattern=r"(?:全部|所有|资源|文档)分类|分类导航|网站(?:导航|地图)",
        match=["全部分类"],
        never=["全部分类标准见附件。"],
    ),
    Rule(
        id="nav.category",
        context_only=True,
        why="one entry of a category menu, `办公文档>`",
        position=Position.HEAD,
        pattern=r"[^,。;:!?、<>]{2,16} ?[>›»]",
        required_literals=(">", "›", "»"),
        max_chars=20,
        match=["办公文档>", "建筑/施工/环境>"],
        never=["办公文档", "X>", "收入>支出"],
    ),
    Rule(
        id="nav.captcha",
        why="picture captcha of the login box",
        pattern=r"(?:ImageVerifierCode )?换一(?:换|张)|看不清\??(?: ?换一张)?",
        match=["ImageVerifierCode 换一换"],
        never=["换一换思路,办法就来了。"],
    ),
    Rule(
        id="nav.crumbs",
        why="breadcrumb with its label",
        role=LineRole.BREADCRUMB,
        position=Position.HEAD,
        pattern=r"[>\- ]{0,3}(?:(?:您的)?当前|您现?在?的?|你现?在?的?|现?在?的|现在|所在|您所在的?)位置 ?是? ?[:>»→] ?[^。;!?]{1,120}",
        match=[
            "当前位置: 首页 > 公务范文 > 致辞讲话",
            "您的位置:首页>工作总结工作总结",
            "你现在的位置:农机通首页>>博客>>",
            "您的当前位置:首页正文",
        ],
        never=[
            "您的当前位置离水源很近,不必搬动。",
            "当前位置的地势较高,排水条件好。",
            "位置条件:交通便利;地势平坦。",
            "位置:东门岗亭旁",
        ],
    ),
    Rule(
        id="nav.crumbs_page",
        why="breadcrumb with its label that ends at this page; the text is below it",
        role=LineRole.BREADCRUMB,
        position=Position.HEADER_END,
        pattern=r"(?:您现?在?的?|你现?在?的?|当前|所在|现在)位置 ?:[^。;!?]{2,80}[>»→] ?(?:浏览|查看|阅读)(?:正文|文章|内容|文档|详情|信息)",
        match=["您的位置:桃溪文秘 > 公告 > 社区公告 > 浏览正文", "当前位置:首页 > 范文 > 查看文章"],
        never=["当前位置:首页 > 设置 > 账户", "所在位置:三楼 > 查看内容清单"],
    ),
    Rule(
        id="nav.crumbs_label",
        why="label of the path to the page, on a line of its own",
        position=Position.HEAD,
        context_only=True,
        pattern=r"(?:您|你)?(?:当前|现在|所在|目前)?所?在?的?位置 ?:?",
        match=["当前位置", "您当前的位置:", "你所在的位置"],
        never=["当前位置:三楼东侧", "位置条件"],
    ),
    Rule(
        id="nav.crumbs_home",
        why="breadcrumb that starts at the home page; on a download page it names the format",
        role=LineRole.BREADCRUMB,
        position=Position.HEAD,
        pattern=(
            r"[^>。;!?:]{0,8}首页(?: ?[^>。;!]{1,30})?(?: ?(?:>|>>|»|›|/"
            r"|→) ?[^>。;!?]{0,40}?){1,6}(?P<format>[A-Z]{3,4})?(?:文档下载)? ?"
        ),
        required_literals=("首页",),
        match=["首页 青禾文库 > 资源分类 > DOCX文档下载", "首页 > 文章中心 > 正文", "德育网首页>>党建之窗>>正文"],
        never=["首页设计要突出重点。", "首页"],
        rank=6,
    ),
    Rule(
        id="nav.site_line",
        why="a site's name with its motto, or with the sections that the page belongs to",
        position=Position.HEAD,
        pattern=(
            r"[一-鿿]{1,8}(?:网|文库|文秘|文档|范文|公文|资料)网? [—–-]{1,2} (?:[^。;!?:,]{2,14}(?:平台|网站|门户|社区|专家)|[^。;!?:,]{2,8},(?:就?上|来|找)[^。;!?:, ]{2,8})(?: .{0,30})?"
            r"|[一-鿿]{1,6}(?:文档|文库|文秘|范文|公文|资料|论文)网?(?: \| [一-鿿]{2,8}){1,6}"
            r"|[^>。;!?:,]{0,6}首页(?: [-–] [^。;!?,:]{2,12}){1,5}"
        ),
        required_literals=(" —", " –", " -", " |"),
        max_chars=90,
        match=[
            "白鹿洞公文网 — 专业的公文写作平台",
            "桃溪文秘 — 写材料,上桃溪 会员登录",
            "蓝湖文档 | 应急预案 | 学校安全",
            "文秘首页 - 公告通知 - 征集公告",
        ],
        never=["裁判文书网 — 判决书", "首页 - 要有导航。", "甲方资料 | 乙方 | 编号12"],
    ),
    Rule(
        id="nav.crumbs_bare",
        context_only=True,
        why="breadcrumb without a label",
        role=LineRole.BREADCRUMB,
        position=Position.HEAD,
        pattern=r"[^<>。;!?,\"]{2,14}(?: ?(?:>>|>|»|›) ?[^<>。;!?,\"]{2,16}){1,5}(?: ?(?:>>|>|»|›))",
        required_literals=(">", "›", "»"),
        match=["书信之家 > 协议书 >", "文秘家园>> 文秘范文>> 领导讲话>>"],
        never=["收入>成本>利润", "甲方>乙方", "闸 <渠名> --水 <几尺>", '闸口"> 水渠"> ]>'],
    ),
    Rule(
        id="nav.crumbs_spaced",
        why="breadcrumb of three steps with blanks around its marks, or of two that begin at a site",
        role=LineRole.BREADCRUMB,
        position=Position.HEAD,
        pattern=(
            r"[^>。;!?,:]{2,16}(?: (?:>>|>|»|›) [^>。;!?,:]{2,20}){2,6}|[^>→。;!?,:]{2,16}(?: → [^>→。;!?,:]{2,16}){1,5} → (?:查看|浏览|阅读)(?:文章|正文|内容|文档)"
            r"|[^>。;!?,:]{2,12}(?:网|首页|文库|公文|范文|文秘)(?: ?(?:>>|-?>|»|›) ?[^>。;!?,]{2,20}){1,6}"
        ),
        required_literals=(">", "›", "»", "→"),
        match=[
            "公文范例 → 会议纪要 → 查看文章",
            "大文笔网 > 述职报告 > 正文",
            "青禾小说网->《山中日记》->正文",
            "青禾范文网 > 合同范本",
        ],
        never=["收入>成本>利润"],
    ),
    Rule(
        id="nav.bracketed",
        why="buttons, each in brackets of its own",
        position=Position.TAIL,
        pattern=r"(?:[\[【] ?[^\[\]【】\d:]{1,9}[^\[\]【】\d:年月日时分秒] ?[\]】] ?){2,8}",
        required_literals=("][", "] ", "】【", "】 ", "]【", "】["),
        match=["[推荐此文] [投诉此文] [RSS]", "【报错】【顶一下】【踩一下】"],
        never=["[甲方][2]", "【教学目标】", "[yyyy年] [m月]"],
    ),
    Rule(
        id="nav.navigation",
        why="name of a section with the word navigation",
        pattern=r"[一-鿿]{2,8} ?导航|返回[一-鿿]{2,8}首页",
        required_literals=("导航", "首页"),
        match=["行政 导航", "酒店制度 导航"],
        never=["卫星导航系统"],
    ),
    Rule(
        id="nav.site_name",
        why="the name of a document site alone on its line",
        pattern=r"[一-鿿\d]{1,6}(?:范文|文秘|公文|作文|论文|文档|写作|秘书|文库|教案|合同)(?:网|之家|吧)(?: ?版权所有)?|[一-鿿]{2,8}网 ?版权所有",
        required_literals=(*(kind + end for kind in "文秘作档书库案同" for end in "网之吧"), "版权"),
        max_chars=20,
        match=["起点作文网", "好工作范文网", "第一秘书网 版权所有"],
        never=["学生作文大全", "文库网络"],
    ),
    Rule(
        id="nav.menu",
        why="a menu run together or blank-separated, beginning at the home page",
        position=Position.HEAD,
        pattern=(
            r"(?:(?:网站|返回|本站)?首页(?:[^,。;:!?()>]{8,120}|(?: [^ ,。;:!?>]{2,10}){1,15}))"
            r"|[^ ,。;:!?>]{2,12}[网站库] ?(?:\| ?)?首页"
        ),
        required_literals=("首页",),
        match=["首页学院概况党建工作师资队伍教学工作实践中心科学研究招生就业", "首页 理论教育", "德育素材网 首页"],
        never=["首页", "首页要有清晰的导航,方便群众办事。"],
    ),
    Rule(
        id="nav.share_buttons",
        why="share buttons",
        pattern=(
            r"(?:一键)?分享(?:到|至|给)?:?(?: ?(?:分享到)?(?:微信(?:好友)?|朋友圈|(?:新浪|腾讯)?(?:微博|朋友)|QQ(?:空间"
            r"|好友)?(?:和群)?|空间|豆瓣|人人网?|贴吧|更多|:)){1,14}|分享:?|分享本文"
        ),
        match=["分享到微信 分享到微博 分享到QQ空间", "分享:", "分享到: QQ好友和群 QQ空间 腾讯微博 腾讯朋友"],
        never=["分享到微信群后,大家纷纷点赞。", "分享经验,共同提高。"],
    ),
    Rule(
        id="nav.scan",
        why="scan this code",
        pattern=(
            r"(?:请?(?:用|使用)?(?:手机|微信)?(?:微信)?扫(?:一扫|码|描)?(?:二维码)?(?:,|、)?(?:在?手机(?:阅读"
            r"|访问|浏览|看)?(?:、分享)?(?:本文|本页|此页)?|关注(?:我们|公众号)?|登录|下载|分享)"
            r"|(?:打开)?微信里?,?(?:点击?)?[“「]?发现[”」]?,?(?:点击)?(?:使用)?[“「]?扫(?:一扫|一下)[”」]?(?:二维码)?(?:便可|即可)分享(?:至|到)?(?:朋友圈)?"
            r"|(?:微信)?二维码|(?:手机)?扫码(?:关注|阅读|下载|登录)(?:本文)?)[^。,;]{0,10}"
        ),
        match=[
            "微信扫一扫登录",
            "微信扫一扫在手机阅读、分享本文",
            "二维码",
            "手机扫码阅读本文",
            "微信里发现点击扫一扫即可分享",
        ],
        never=[
            "扫码支付在农贸市场全面普及。",
            "使用二维码扫描设备,登记入库货物。",
            "打开微信,发现,扫一扫即可参与分享朋友圈",
        ],
    ),
    Rule(
        id="nav.tools",
        why="a row of tool words, `返回 下载 相关 举报`",
        pattern=(
            r"(?:(?:书签|分享|收藏|举报|版权申诉|下载|相关|返回|打印|纠错|评论|点赞|赏|反馈|投诉|侵权投诉|海报"
            r"|收藏本页|加入收藏|我要投稿|打赏|\(赏\)|分享\(赏\)|复制全文|全屏|关闭|打印本文|关闭窗口|转播|支持|反对|回复"
            r"|点评|使用道具|来自手机|鲜花|鸡蛋|推荐给好友|收藏收藏|转播转播|分享分享|支持支持|反对反对)"
            r"(?: ?/ ?| ?\| ?| |\.|·)?){2,12}(?:/ (?P<pages>\d{1,4}))?"
        ),
        match=[
            "返回 下载 相关 举报",
            "收藏 版权申诉 举报 下载",
            "收藏 分享(赏)",
            "书签 分享 收藏 举报 版权申诉 / 23",
            "使用道具 举报",
            "来自手机 | 举报",
            "打印本文 加入收藏 关闭窗口",
        ],
        never=["下载相关资料", "收藏分享优秀传统文化读物"],
    ),
    Rule(
        id="nav.frame",
        why="words that only a page's frame has, alone on their line",
        pattern=(
            r"VIP(?:特惠|特权)|(?:请先?)?登[录陆] ?[/|或]? ?注册|注册 ?[/|]? ?登[录陆]|购物车|我的(?:足迹|下载|收藏)|搜索资料|关灯|开启左侧"
            r"|正文复制|复制全文|\[复制链接\]|APP下载|版权反馈|回到顶部|在线客服|联系客服|客服机器人|确认删除\?|加入收藏"
            r"|设为首页|推荐赚钱|上传文档赚钱|赏赞|新闻浏览|查看更多>+|点击查看更多>*"
            r"|只需一步,快速开始|本版积分规则|发表回复|官方微信公众号|客服个人微信号"
            r"|关注我们:?(?:微信订阅号)?|微信订阅号|\d+(?:关注|粉丝|帖子)|(?:本周|本月|今日)热门"
            r"|请选择您要了解的服务条款|.{0,16}找回密码 ?注册 ?QQ登录.{0,20}|论坛导读(?:群组)?|使用此模板"
        ),
        required_literals=(
            "P特",
            "注册",
            "购物",
            "的足",
            "的下",
            "的收",
            "索资",
            "关灯",
            "启左",
            "文复",
            "制全",
            "制链",
            "AP",
            "权反",
            "到顶",
            "线客",
            "客服",
            "系客",
            "认删",
            "入收",
            "为首",
            "荐赚",
            "档赚",
            "赏赞",
            "闻浏",
            "看更",
            "只需",
            "版积",
            "表回",
            "公众",
            "个微",
            "注我",
            "信订",
            "关注",
            "粉丝",
            "帖子",
            "热门",
            "您要",
            "回密",
            "坛导",
            "用此",
            "微信",
        ),
        match=["注册 登陆", "登录/注册", "请登录或注册", "回到顶部", "我的下载", "购物车", "0关注", "本周热门"],
        never=["关闭 ×", "登录系统后点击提交按钮。", "注册资本:100万元"],
    ),
    Rule(
        id="nav.bullet",
        why="a bullet or a bar that lost its text",
        pattern=r"[|·•>»]{1,3}|-",
        match=["|", "-", ">"],
        never=["--- 完 ---", "---"],
    ),
    Rule(
        id="nav.call",
        why="call to follow a link, set off by double arrows that close no title",
        position=Position.ANY,
        pattern=r"[^《》]{2,60}》{2,3}|》{2,3}[^《》]{1,20}",
        required_literals=("》》",),
        match=["春耕报名正在火热进行中》》", "》》》扩展"],
        never=["《春耕》", "《论《水渠》》", "《水渠志》》"],
    ),
    Rule(
        id="nav.word",
        context_only=True,
        why="one common word of a page's frame, alone on its line beside other noise",
        pattern=(
            r"返回(?:首页|列表|顶部|上一?页)?|网?站?首页|登[录陆]|注册|会员(?:中心|注册|登[录陆])|搜索|(?:文章"
            r"|站内)搜索|收藏|分享|举报|下载|打印|正文(?:预览)?|手机版|电脑版|海报|反馈|侵权投诉"
            r"|(?:微信)?(?:客服|订阅号|公众号)|联系我们|关闭(?:窗口)?|电脑桌面|[xX×>|·:<-]|\.{3,6}|…+|上一篇"
            r"|下一篇|更多>*|加载更多|展开(?:全文|更多)?|收起|排行榜|作者专栏|高级模式|\d+(?:主题|积分)"
            r"|(?:最新|阅读|热门)(?:推荐|排行|文章)?|目录|二维码|图片名称|close|赞|踩|顶|找回密码|QQ登录|立即注册|(?:阅读|浏览|点赞|评论) ?\d{1,9}"
        ),
        match=["返回", "下载", ">", "海报"],
        never=["返回式卫星", "下载安装", "字体大小"],
    ),
    Rule(
        id="nav.reader",
        context_only=True,
        why="a button of a reader's page, below the chapter; a manual has such headings",
        position=Position.TAIL,
        pattern="字[体号]大小|主题切换",
        match=["字体大小", "主题切换"],
        never=["字体大小不一", "夜间模式"],
    ),
    Rule(
        id="nav.desktop",
        why="invitation to put the site on the desktop",
        position=Position.HEAD,
        pattern=r"添加.{2,12}到(?:电脑)?桌面|安装后可以?在桌面快捷访问|收藏本站,?(?:方便)?下次(?:访问|使用)",
        match=["添加青禾网到电脑桌面", "安装后可以在桌面快捷访问"],
        never=["把常用文件添加到桌面,便于查找。"],
    ),
    Rule(
        id="nav.home_page",
        why="links of old portals",
        pattern=r"(?:[^。;,|]{2,30}[!。] ?)?(?:设为首页|加入收藏|收藏本站|联系我们|繁体中文|English)(?: ?\| ?(?:设为首页|加入收藏|收藏本站|联系我们|联系站长|网站地图|友情链接|版权[申声]明|繁体中文|English)){1,5}|关于[一-鿿]{2,6} ?\| ?法律声明(?: ?\| ?[一-鿿]{2,4}){0,4}|字号 ?: ?T ?\| ?T|复制全文 (?:下载|导出)Word(?: (?:收藏|打印|发送到邮箱)){0,3}|(?:[☛▶►🔊🔍⛶⇩] ?(?:本地下载|备用下载|报错|听文档|放大|缩小|全屏|存本地|下载|收藏|分享)[ |]{0,2}){1,6}|(?:[【\[](?:返回顶部|打印|关闭|打印(?:此文|本页|本文)|关闭窗口|收藏(?:此文|本页)?|收藏本文|下载本文|加入收藏|推荐|返回|发表评论|告诉好友|我要纠错|纠错|报错|举报|投诉|分享|(?:字[体号] ?:? ?)?大 ?中 ?小)[】\]] ?){1,6}|\[(?:打印|关闭|返回)[^\]]{0,4}\]",
        match=[
            "设为首页 | 加入收藏",
            "把事办好是我们的本分! 设为首页 | 加入收藏",
            "【返回顶部】【打印】【关闭】",
            "【字体:大 中 小】【打印】【关闭】",
            "设为首页 | 加入收藏 | 网站地图",
            "【收藏本文】【下载本文】【推荐】",
            "【纠错】",
        ],
        never=["【打印】功能说明"],
    ),
    Rule(
        id="nav.school_menu",
        why="menu of an institution, blank-separated, with at least one word only a menu has",
        position=Position.HEAD,
        pattern=(
            r"(?:[^ ,。;:!?>]{2,8} ){0,12}(?:学校|网站|单位|学院|中心)?(?:首页|主页|概况|机构设置|新闻中心|通知公告|招生就业|师资队伍)"
            r"(?: [^ ,。;:!?>]{2,8}){3,16}"
        ),
        required_literals=("首页", "主页", "概况", "机构", "新闻", "通知", "招生", "师资"),
        match=["学校首页 学校概况 新闻中心 教育教学 德育天地 教师园地"],
        never=["首页 要有 导航"],
    ),
    Rule(
        id="nav.attachment",
        why="attachment with a download counter, and links to the neighbouring pages",
        position=Position.TAIL,
        pattern=r"附件【.{2,80}】(?:已下载 ?\d* ?次)?|(?:上一[条篇]|下一[条篇]) ?:.{0,80}(?: ?下一[条篇] ?:.{0,80})?|(?:扫码)?下载APP,.{2,24}",
        match=["附件【申请表.doc】已下载327次", "上一条:关于考试安排的通知 下一条:转专业细则"],
        never=["附件【一】是登记表。"],
    ),
    Rule(
        id="nav.loading",
        why="placeholder of a script",
        pattern=r"(?:读取内容中|正在加载|加载中|数据加载中),?(?:请?(?:等待|稍候|稍等))?[.…。]*",
        match=["读取内容中,请等待...", "加载中..."],
        never=["正在加载货物的车辆不得离开。"],
    ),
    Rule(
        id="nav.footer",
        why="links in a page's foot",
        pattern=(
            r"(?:(?:电脑版|手机版|触屏版|返回顶部|回顶部|关于(?:我们|本站)|联系我们|网站地图|免责声明"
            r"|版权(?:声明|所有)|帮助中心|意见反馈|广告(?:服务|合作)|友情链接|网站声明|隐私(?:政策|条款)"
            r"|用户协议|常见问题|侵权处理|网站首页|加入我们|资源地图|网站客服|如何下载|下载帮助|联系方式|反馈|[一-鿿]B2-\d{8}(?:-\d+)?)(?: ?[|·/┊-] ?| |$)){2,12}|返回顶部|回顶部"
        ),
        required_literals=(
            "脑版",
            "机版",
            "屏版",
            "顶部",
            "于我",
            "于本",
            "系我",
            "责声",
            "权声",
            "权所",
            "助中",
            "见反",
            "告服",
            "告合",
            "情链",
            "站声",
            "私政",
            "私条",
            "户协",
            "见问",
            "权处",
            "站首",
            "入我",
            "站客",
            "何下",
            "载帮",
            "系方",
            "反馈",
            "B2",
            "站地",
            "源地",
        ),
        match=["电脑版 | 返回顶部", "关于我们 - 联系我们 - 网站地图"],
        never=["关于我们的工作", "联系我们"],
    ),
    Rule(
        id="nav.pager",
        why="links to the pages of a split document",
        pattern=(
            r"(?:共 ?\d{1,3} ?页 ?:? ?|第? ?\(\d{1,3}/\d{1,3}\) ?页 ?)?(?:(?:首页|末页|尾页|\[?\d{1,3}\]?"
            r"|\.{3}|…) ?){0,20}(?:上一页|下一页|上页|下页|后一页|前一页|尾页)(?: ?(?:首页|上一页|下一页|上页"
            r"|下页|末页|尾页|\[?\d{1,3}\]?|\.{3}|…|共 ?\d+ ?页)){0,20}"
        ),
        match=["共2页: 上一页 1 2 下一页", "上一页 [1] [2] [3] 下一页"],
        never=["下一页是附表。", "共2页"],
    ),
    Rule(
        id="nav.close",
        why="foot of an article box",
        position=Position.TAIL,
        pattern=r"(?:相关文章 )?(?:关闭窗口|打印本页|返回顶部)(?: .{0,12})?",
        match=["相关文章 关闭窗口"],
        never=["关闭窗口通风时应注意保暖。"],
    ),
    Rule(
        id="nav.aids",
        why="aids for readers of a page and of its pictures, and what a script or a player says instead of them",
        pattern=(
            r"(?:跳转?[到至]|跳过)(?:主要?)?内容区?|按 ?Enter ?到主要?内容区?|(?:请点击,?然后点击)?“?添加到主屏幕”?|请下载最新的? ?flash ?player!?"
            r"|扫描二维码以?在移动设备(?:上)?(?:观看|查看|阅读)|请?用?手机浏览器扫描二维码(?:访问|阅读|浏览)?|Embed Size \(px\)|Citation preview|background image|(?:Loading|More)\.{3}"
            r"|编辑摘要|来自 ?Wiki\w{2,10},?.{0,20}|🔊?点这里听书"
            r"|本文共计? ?\d{1,8} ?个?字,?(?:预计)?(?:阅读(?:时长|完?约)?|读完约?)[^。]{1,16}。?"
        ),
        match=[
            "跳转到内容",
            "请点击,然后点击“添加到主屏幕”",
            "扫描二维码以在移动设备观看",
            "手机浏览器扫描二维码访问",
            "Embed Size (px)",
            "本文共计58626个字,预计阅读时长234.5分钟。",
        ],
        never=["扫描二维码以登记。", "background", "跳过内容不讲"],
    ),
    Rule(
        id="nav.wiki_edit",
        why="link to edit a section of an encyclopedia",
        position=Position.ANY,
        pattern=r"\[ ?编辑(?: ?\| ?编辑源代码)? ?\]",
        match=["[编辑 | 编辑源代码]"],
        never=["[编辑部]"],
    ),
    Rule(
        id="nav.wiki_edit_glued",
        why="the same behind a heading and the name of the entry",
        position=Position.ANY,
        span=True,
        pattern=r"^[^。;!?,:/]{1,16}(?P<inside>/[^。;!?,:/]{1,16} 编辑)$",
        required_literals=("编辑",),
        match=["概述/立体电影 编辑"],
        never=["王某某/李某某 编辑部", "王某某/李某某编辑"],
    ),
    Rule(
        id="nav.years",
        context_only=True,
        why="year of an archive with the number of its entries",
        position=Position.HEAD,
        pattern=r"(?:19|20)\d\d年? ?\(\d{1,5}\)",
        match=["2008 (101)"],
        never=["2008(第3期)"],
    ),
    Rule(
        id="nav.column",
        context_only=True,
        why="articles and subscribers of the column that a post of a blog stands in",
        position=Position.HEAD,
        pattern=r"\d{1,6} ?篇文章 \d{1,8} ?(?:人)?(?:订阅|关注|粉丝)",
        required_literals=("篇文",),
        match=["13 篇文章 0 订阅"],
        never=["13 篇文章", "3篇文章 2个订阅号"],
    ),
    Rule(
        id="nav.site_tag",
        why="address of the site and the section of the page, in brackets, as an engine writes it beside the title",
        position=Position.ANY,
        pattern=r"[【\[(] ?(?:www\.[\w-]{2,40}(?:\.[a-z]{2,6}){1,3}|[\w-]{2,40}\.(?:com|net|org|cn|cc)(?:\.cn)?) ?-{2} ?[^【】\[\]。;!?]{1,16} ?[】\])]",
        required_literals=("--",),
        match=["【www.qinghe.com--儿童故事】", "【qinghe.com.cn -- 心得体会】"],
        never=[
            "【www.qinghe.com】",
            "(见 qinghe.com--这是镇里的网站,农时都登在上面。)",
            "[git-log--oneline]",
            "[zhamen.py--闸门]",
        ],
    ),
    Rule(
        id="nav.reader_menu",
        why="buttons of a reader between two pages",
        position=Position.ANY,
        pattern=r"上一?[篇章页节] ?[|/]? ?(?:轻触|点击)(?:页面|屏幕)?(?:中部|中间|中央)?(?:区域)?(?:即可|可)?(?:呼出|唤出|弹出|显示|调出)菜单 ?[|/]? ?下一?[篇章页节]",
        required_literals=("菜单",),
        match=["上一篇 点击页面呼出菜单 下一篇"],
        never=["点击右键弹出菜单", "点击屏幕中间呼出菜单", "点击屏幕中间呼出菜单后选择字号。"],
    ),
    Rule(
        id="nav.mini_program",
        why="a site of novels calls its readers into an application",
        position=Position.HEAD,
        pattern=(
            r"(?:点击)?(?:进入|打开|前往)微信小程序(?:继续)?(?:阅读|追更|看书)"
            r"|用[“「《][^“”「」《》]{2,12}[”」》](?:微信)?小程序(?:追更|看书|阅读|看小说)[^。;,]{0,8}!?"
            r"|永久免费,?无需下载,?[^。;]{0,16}(?:追更|看书|阅读|换源|源站)[^。;]{0,8}"
        ),
        required_literals=("小程", "免费"),
        max_chars=40,
        match=["进入微信小程序继续阅读", "用“青禾书屋”微信小程序追更新速度快!", "永久免费无需下载,还能切换源站追更"],
        never=[
            "进入微信小程序",
            "进入微信小程序后点击报名。",
            "打开微信小程序查看",
            "用“青禾办”微信小程序登记外出人员。",
            "永久免费,无需下载任何软件即可报名",
        ],
    ),
    Rule(
        id="nav.novel",
        why="what a site of novels writes around a chapter: to keep it, to remember its address, to turn off what hides its advertisements",
        position=Position.ANY,
        pattern=(
            r"(?:.{2,20}提[示醒]您 ?: ?)?看后求收藏(?: ?\([^()]{2,100}\))?(?:,接着再看更方便)?[。!]?"
            r"|(?:『(?:点此报错|章节报错|(?:加入|放入|返回)书签|加入书架|返回目录|投?推荐票|[上下]一[章页]|收藏本[书站])』 ?){1,6}|[^。!?,;《》]{2,12}提供的《[^《》]{2,30}》(?:全文)?(?:无弹窗|免费阅读)[^。]{0,20}"
            r"|请?您?关闭浏览器的?阅读/畅读/小说模式.{0,80}|亲?,?双击屏幕(?:即可|可以?|开始)?(?:自动)?(?:滚[动屏]|阅读)[。!]?"
            r"|章节目录(?: ?[|·])? ?(?:加入书签|加入书架|投推荐票|返回书页)"
            r"|(?:天才)?(?:一秒钟?|请)记住(?:本站)? ?(?:[【《「][^【】《》「」]{2,24}[】》」])? ?(?:最新)?(?:地址|网址|域名)? ?:? ?(?:https?://)?(?:[\w-]{1,40}\.){1,3}[a-z]{2,6}/?[,。!]?.{0,30}"
            r"|(?:[^。!?,;]{2,30} [-_–|] )?[^。!?,;]{2,30}(?:全文(?:免费)?阅读|txt下载|最新章节)(?: ?[-_–|] ?[^。!?,;]{2,30}(?:全文(?:免费)?阅读|txt(?:全集)?下载|最新章节)){1,3}(?: ?[-_–|] ?[^。!?,;]{2,24}小说)?"
        ),
        required_literals=("求收", "畅读", "记住", "全文", "tx", "新章", "』", "供的", "双击", "目录"),
        max_chars=220,
        match=[
            "青禾提示您:看后求收藏(第12章,水渠往事,王小满,青禾书屋),接着再看更方便。",
            "请关闭浏览器的阅读/畅读/小说模式并且关闭广告屏蔽过滤功能,避免出现内容无法显示。",
            "天才一秒记住【青禾小说网】地址:https://m.example.org",
            "一秒记住【青禾书屋】www.example.org",
            "『点此报错』『加入书签』",
            "青禾书屋提供的《水渠往事》无弹窗",
            "水渠往事 王小满 - 水渠往事全文阅读 - 水渠往事txt下载 - 水渠往事最新章节 - 好看的其他类型小说",
            "亲,双击屏幕即可自动滚动",
            "章节目录 加入书签",
        ],
        never=[
            "他一秒记住了地址:东渠三号闸。",
            "看后求收藏的人很多。",
            "请关闭浏览器的阅读模式后打印。",
            "水渠往事全文阅读",
            "『来了吗?』『来了。』",
            "请记住地址:www是网站的前三个字母",
            "双击屏幕即可放大照片。",
            "章节目录",
        ],
    ),
    Rule(
        id="nav.reading",
        context_only=True,
        why="names of other books, glued behind the word that others read them",
        position=Position.HEAD,
        pattern=r"大家(?:都|也)?在看 ?:?[^。!?,;]{20,140}|(?:大家(?:都|也)?在看|(?:好书|新书|小说)推荐) ?:?(?: [^ 。;]{2,30}){4,16}",
        required_literals=("在看", "书推", "说推"),
        match=[
            "大家在看水渠往事闸门边的秘密山里来的人:老井守夜人的一生开局一把锄头",
            "好书推荐: 水渠:往事 闸门边,山里来的人! 老井 守夜人的一生",
        ],
        never=["大家在看", "大家在看电影的时候,水已经漫过了桥。", "好书推荐: 《水渠往事》 《老井》"],
    ),
    Rule(
        id="nav.turner",
        why="the buttons that turn the pages of a long text, glued behind its last word",
        position=Position.ANY,
        span=True,
        pattern=r"(?m) ?上一页 ?(?:\[?\d{1,3}\]? ){2,30}(?:\.{2,3} ?)?下一页 ?$",
        required_literals=("一页",),
        match=["水就从渠里来了。 上一页 [1] [2] [3] [4] 下一页"],
        never=["上一页和下一页都要装订。", "上一页 3 下一页"],
    ),
    Rule(
        id="nav.search_form",
        why="labels of a form to search with, whose fields are not in a dump",
        position=Position.HEAD,
        pattern="选择(?:特殊符号|搜索类型|检索类型|搜索范围)|请输入搜索",
        required_literals=("选择", "输入"),
        max_chars=10,
        match=["选择特殊符号", "选择搜索类型", "请输入搜索"],
        never=["选择搜索类型的方法", "请输入搜索内容"],
    ),
    Rule(
        id="nav.newspaper",
        why="buttons and labels around an article in the engine of newspapers; its title stands above the number of characters",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=r"通版阅读请点击 ?:?|(?:展开|收缩)通版|数字报首页|当前版 ?: ?.{1,20}版|文章字数 ?: ?\d{1,6}",
        required_literals=("通版", "字报", "前版", "字数"),
        max_chars=30,
        match=["通版阅读请点击:", "展开通版", "当前版:04版", "文章字数:168"],
        never=["通版", "当前版面由编辑部设计", "文章字数:不少于600字"],
    ),
    Rule(
        id="nav.newspaper_word",
        context_only=True,
        why="the same of one word, beside other noise",
        position=Position.HEAD,
        pattern="(?:首|末|上一|下一)版|往期(?:浏览|回顾)|文章(?:标题|内容|作者)|通讯员投稿|常见问题|使用说明|字体 ?:|放大|缩小|默认|朗读 ?:|发布日期 ?:",
        match=["首版", "下一版", "文章标题", "放大", "朗读:"],
        never=["首版印数五千", "默认值", "作者:王小满"],
    ),
    Rule(
        id="nav.account_post",
        why="what an account writes around its posts: to follow it, how long they take to read, which collection they are in",
        pattern=(
            r"(?:[↑▲👆☝]{0,4} ?)?(?:点击|戳|轻触)(?:上方|下方|上面|下面|左上方|标题下)?的?[“\"「]?(?:蓝色?字体?|[^。!?,“”\"]{2,12}(?:蓝字))[”\"」]?,? ?(?:关注|订阅|加入)(?:我们|我|[^。!?,]{2,14}?)(?:吧|哦|哟)?[!。~]?(?: ?[↑▲👆☝]{1,4})?"
            r"|收录于(?:合集|话题|专辑)(?: ?#[^#。]{2,24}){0,6}|(?:#[^# 。]{2,20} ?\d{1,4} ?个 ?){1,6}"
            r"|(?:阅读)?(?:本文|全文)(?:共?计? ?\d{1,6} ?字,?)?(?:阅读)?(?:大[约概]|约|预计)?(?:需要?|用时) ?\d{1,3} ?分钟(?:阅读)?[。!]?"
        ),
        required_literals=("蓝", "录于", "#", "分钟"),
        match=[
            "点击上方蓝字关注我们",
            "点击蓝字 关注青禾发布",
            "收录于话题",
            "#清淤 12个",
            "阅读本文大约需要3分钟",
            "全文1203字,阅读约需3分钟",
        ],
        never=[
            "点击蓝字后打开的页面里有关注按钮。",
            "收录于《水渠志》",
            "#1 2个",
            "修一次闸门大约需要3分钟",
            "阅读本文需要3分钟,做完练习需要半小时。",
        ],
    ),
    Rule(
        id="nav.player",
        why="what a site of films writes above a text that it sets below its player",
        position=Position.HEAD,
        pattern=r"正在播放 ?: ?[^。;!?]{2,60}|请?勿相信视频[中里]的?(?:任何)?广告.{0,30}|如?(?:果|遇)?播放卡顿,请?(?:切换|更换|刷新).{2,30}",
        required_literals=("播放", "视频"),
        max_chars=80,
        match=["正在播放:水渠往事-第07集", "请勿相信视频中的任何广告", "如播放卡顿,请切换播放源观看或刷新!"],
        never=["正在播放的是《水渠往事》。", "播放卡顿时先检查网线。", "不要相信视频里的广告"],
    ),
    Rule(
        id="nav.exercise",
        why="three buttons or more below a question of a site of exercises, run together, one of them about mistakes or favourites",
        position=Position.ANY,
        pattern=(
            rf"(?:{BUTTON_OF_EXERCISE} ?[|/]? ?){{2}}(?:{BUTTON_OF_EXERCISE} ?[|/]? ?){{0,4}}{BUTTON_OF_MISTAKES}(?: ?[|/]? ?{BUTTON_OF_EXERCISE}){{0,4}}"
            rf"|{BUTTON_OF_EXERCISE} ?[|/]? ?{BUTTON_OF_MISTAKES}(?: ?[|/]? ?{BUTTON_OF_EXERCISE}){{1,6}}"
            rf"|{BUTTON_OF_MISTAKES}(?: ?[|/]? ?{BUTTON_OF_EXERCISE}){{2,6}}"
        ),
        required_literals=("答案", "解析", "加入", "错题", "纠错", "笔记"),
        match=["隐藏答案加入收藏加入记忆错题反馈", "查看解析 | 加入错题本 | 我要纠错"],
        never=[
            "查看答案",
            "查看答案 查看解析",
            "加入错题本 写笔记",
            "查看答案 查看解析 记笔记",
            "加入收藏后可以写笔记。",
            "笔记",
        ],
    ),
    Rule(
        id="nav.votes",
        why="buttons with which readers value a text, each with its count in brackets; it may be missing where a ballot has no such word",
        position=Position.TAIL,
        pattern=(
            r"(?:(?:顶一下|踩一下|顶|踩|握手|雷人|路过) ?[(] ?\d{0,7} ?[)][ |/]{0,3}){2,6}"
            r"|(?:(?:支持|反对|好评|差评|有用|没用) ?[(] ?\d{1,7} ?[)][ |/]{0,3}){2,6}"
        ),
        required_literals=("(",),
        max_chars=110,
        match=["顶一下 ()  踩一下 ()", "路过(0) 雷人(2) 握手(1)", "支持(31) 反对(2)"],
        never=["支持(12)", "支持( ) 反对( )", "顶(3)层 踩(4)点", "支持(31票) 反对(2票)"],
    ),
    Rule(
        id="nav.contents",
        why="button to the list of a novel's chapters, below one of them",
        position=Position.TAIL,
        pattern="(?:返回)?章节(?:目录|列表)",
        match=["章节目录", "返回章节列表"],
        never=["章节目录如下", "目录"],
    ),
    Rule(
        id="nav.chapters",
        why="buttons of a novel's reader, run together, with the name of the chapter between them",
        position=Position.ANY,
        pattern=r"(?:\( ?← ?\) ?)?上一[章页回] (?P<title>第 ?[一二三四五六七八九十百千零〇\d]{1,7} ?[章回节集][^。;!?]{0,30}) 下一[章页回](?: ?\( ?→ ?\))?|上一[章页] ?(?:[|/←→·] ?)?(?:章节)?(?:目录|列表|书 ?页) ?(?:[|/←→·] ?)?(?:加入书签|书签|存书签)? ?下一[章页](?: ?(?:阅读记录|加入书签|加书签|返回书页|投推荐票|书签)){0,3}",
        required_literals=("上一",),
        max_chars=70,
        match=[
            "上一章目录下一章阅读记录",
            "上一章 书 页 下一章 阅读记录",
            "上一页 章节列表 下一页 加入书签",
            "上一章 第三回 渡口灯影 下一章 ( → )",
        ],
        never=["上一章的目录和下一章", "上一章 水渠 下一章 闸门", "上一章目录下一章标题都要改。"],
    ),
)
