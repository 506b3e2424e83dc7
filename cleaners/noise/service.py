"""Customer service, sellers' contacts, ghost-writing ads, slogans of a site between paragraphs or glued to them."""

from cleaners.rules.rule import Position, Rule

HOST = r"(?:www\.|WWW\.)?[A-Za-z0-9-]{2,30}\.(?:com|cn|net|org|COM|CN|NET|cc|vip|top)(?:\.cn)?"
CONTACT = r"(?:微信|QQ|qq|扣扣|加微|薇信|威信|vx|VX|公众号|客服)"

RULES = (
    Rule(
        id="service.lawyer",
        why="card of the lawyer whose site it is: his licence, his office",
        position=Position.HEAD,
        pattern=r"执业证号 ?: ?\d{8,20}|执业(?:律所|机构) ?: ?[^。;!?,]{4,40}事务所|律所(?:地[点址]|电话) ?: ?[^。;!?]{4,60}",
        required_literals=("执业", "律所"),
        match=["执业证号:13101201610000000", "执业律所:北岭(青禾)律师事务所", "律所地点:北岭市青禾路1号"],
        never=["执业证号:另附", "执业律所:各所自愿报名", "执业证号和律所名称要写清楚"],
    ),
    Rule(
        id="service.owner",
        context_only=True,
        why="how to reach whose site it is, each on a line of its own, beside other noise",
        position=Position.HEAD,
        pattern=r"(?:(?:移动|办公|联系|固定)电话|手机号码?|传真(?:号码)?) ?: ?[\d -]{7,24}|(?:电子)?(?:信箱|邮箱) ?: ?[\w.-]{1,40}@[\w.-]{3,40}|网站地址 ?: ?[\w./:-]{6,60}|邮政编码 ?: ?\d{6}",
        match=["移动电话:13800000000", "电子信箱:name@example.com", "邮政编码:200000"],
        never=["联系电话:见附件", "邮政编码:"],
    ),
    Rule(
        id="service.tip",
        why="pointer to customer service",
        pattern=(
            r"联系客服提示(?:-.{2,12})?|(?:任何|有任何|如有|若有)?问题,?请?联系(?:在线)?客服(?:微信|QQ|电话)?(?:号)? ?:?.{0,30}"
            r"|(?:在线)?客服(?:微信|QQ|电话|热线|邮箱|时间)(?:号)? ?[::](?:.{0,8}|.{0,4}[A-Za-z0-9_@.()-]{5,30}.{0,24})|客服个人微信号.{0,20}|客服在线时间 ?:? ?[\d: ~-]{5,20}"
            r"|联系(?:在线)?客服(?:微信|QQ|电话)(?:号)? ?: ?[A-Za-z0-9_-]{5,20}.{0,12}|客服[一-鿿]{1,3} ?: ?.{0,6}微信 ?[A-Za-z0-9_-]{5,20}.{0,16}"
            r"|如需(?:本站|人工)(?:代写|修改|定制).{0,16}(?:微信|电话|客服|QQ).{2,50}|(?:手机|微信)扫一扫,(?:随时|看更多|阅读|分享|关注).{2,16}|扫码关注.{2,16}公众号,回复.{2,20}|微信搜一搜 ?.{2,20}回复.{2,24}|手机扫码,随时随地.{2,10}|广告位招租.{0,30}"
        ),
        match=[
            "联系客服提示-笔笔文库",
            "任何问题请联系客服微信:22660000",
            "客服微信号:wm000cn",
            "联系客服微信:syk_9527(备注文库)",
            "如需本站代写公告,请联系客服微信:abcd_w 电话:025-50000000",
        ],
        never=[
            "客服中心全年接听来电15万件,满意率达到95%。",
            "问题请联系各科室负责人",
            "客服微信:扫描单元门上的二维码添加",
        ],
    ),
    Rule(
        id="service.contact",
        context_only=True,
        position=Position.TAIL,
        why="address and numbers of the site's owner; a document has the same, so only between other noise",
        pattern=(
            r"(?:全国)?(?:服务|咨询|联系)(?:热线|电话) ?(?::.{0,24}|[\d-]{0,16})|\d{3,4}-\d{7,8}"
            r"|(?:公司地址|运营中心|公司名称|联系地址|办公地址|地址) ?[::].{2,60}|(?:Email|E-mail|邮箱|邮编|传真|电话) ?[::] ?[\w.@-]{5,40}"
        ),
        match=[
            "服务热线:0371-12345",
            "全国服务热线:",
            "0595-22880000",
            "公司地址:泉州某文化传媒有限公司",
            "Email:abc@example.com",
        ],
        never=["服务热线12345开通以来,成效明显。"],
    ),
    Rule(
        id="service.ghostwriter",
        why="whole-line ad of a ghost writer or of a writing tool",
        position=Position.ANY,
        pattern=(
            rf"(?:请?点击)? ?👉(?:[^👈]{{2,40}}👈.{{0,40}}|.{{0,24}}(?:代写|代笔|定制).{{0,24}}"
            rf"|[^。;!?]{{0,30}}{CONTACT}[^。;!?一-鿿]{{0,6}}[A-Za-z0-9_-]{{5,20}}.{{0,20}})"
            r"|.{0,16}预览结束,?(?:免费)?获取全文.{0,40}"
            r"|公文高手,超级方便的公文写作神器!?(?: ?立即了解)?|.{2,12}_书友最值得收藏!?|公文写作培训班"
            r"|最新《公文写作培训课程》.{0,200}|文稿修改演播室众筹计划,点击了解详情"
            r"|《文稿,还能这样写》作者.{0,160}"
        ),
        required_literals=("👉", "览结", "文高", "书友", "作培", "《公", "众筹", "文稿"),
        match=[
            "请点击👉 mbgs000 👈联系老师",
            "👉代写各类讲话稿、总结",
            "👉加微信:wenmi_2020",
            "👉代写材料加微信:abcde_01",
            "预览结束,免费获取全文或定制代笔此类文章!",
            "公文高手,超级方便的公文写作神器! 立即了解",
        ],
        never=[
            "👉第二步:打开手机微信,关注学校公众号;",
            "👉联系电话见附件",
            "预览结束后关闭窗口。",
            "公文高手的自我修养",
        ],
    ),
    Rule(
        id="service.slogan_line",
        why="the site's slogan and address as a paragraph of its own",
        position=Position.ANY,
        pattern=(
            rf"(?:[一-鿿]{{2,6}}[,,]? ?)?(?:www|WWW)\.{HOST}|[一-鿿]{{1,5}}[^ -ÿ到至从在向往由于为是把和],? ?{HOST}|{HOST} ?[一-鿿]{{1,8}}(?:网|文库|文秘|文档|范文)|(?:[一-鿿]{{1,4}}(?:汇|网|文库|文秘|文档|范文)),(?:办公文档之家"
            rf"|范文学习文库|[一-鿿]{{2,8}}(?:文库|之家|平台|大全))"
            rf"|【?{HOST}(?: ?[-_|·] ?[一-鿿]{{1,10}}){{1,3}}(?:网|文库|文秘|文档|范文)】?"
        ),
        required_literals=(".c", ".n", ".o", ".C", ".N", ".O", ".v", ".t", "文库", "之家", "平台", "大全"),
        max_chars=90,
        match=[
            "公文汇,办公文档之家",
            "稿子汇 www.gaozi0hui.com",
            "稿子汇,范文学习文库",
            "www.example.com 青禾文库",
            "【example.com-青禾园-作文信息网】",
        ],
        never=["登录网上办事大厅www.example.com,按提示填报。", "网络,信息化平台", "导出到 shuiku.com"],
    ),
    Rule(
        id="service.host",
        why="the site's bare address as a paragraph of its own; a text may name a site so, too",
        position=Position.ANY,
        context_only=True,
        pattern=HOST,
        required_literals=(".c", ".n", ".o", ".C", ".N", ".v", ".t"),
        max_chars=50,
        match=["gaozi0hui.com"],
        never=["gaozi0hui.com 提供"],
    ),
    Rule(
        id="service.bracketed_ad",
        why="bracketed ad with a contact, glued to a paragraph",
        position=Position.ANY,
        span=True,
        required_literals=("微信", "QQ", "qq", "加微", "公众"),
        pattern=(
            r"[【\[(][^】\])。]{0,30}(?:素材|公文|范文|资料|文库|下载|代写|原创|会员)[^】\])。]{0,20}(?:微信"
            r"|QQ|qq|加微|公众号)[^】\])。]{0,4}[::]? ?[A-Za-z0-9_ -]{4,24}[】\])]"
        ),
        match=["讲得很好。【更多公文素材,微信:abcde k01】"],
        never=["(联系人微信:zhang001)", "【资料】见附件"],
    ),
    Rule(
        id="service.seller",
        why="a seller of drawings offers the files by chat number",
        position=Position.ANY,
        span=True,
        required_literals=("扣扣", "QQ", "qq", "打包", "充值"),
        pattern=(
            r"(?:(?:下载|买|购买)文档?(?:就)?送(?:全套|所有)? ?(?:CAD)? ?图纸?,? ?(?:扣扣|QQ"
            r"|qq) ?[::]? ?\d{5,12} ?)+|CAD图纸及详细资料打包下载密码 ?[A-Za-z0-9]{6,20}"
            r"|(?:【温馨提示】)?压缩包内含CAD图.{0,60}(?:QQ|扣扣)[::]? ?\d{5,12}(?:或\d{5,12})?"
            r"|喜欢就充值下载吧。{1,3}资源目录里展示的全都有,{1,2}下载后全都有,?|(?:全套|完整)?(?:图纸|资料"
            r"|设计|论文)[^。]{0,12}(?:联系|咨询|加) ?(?:QQ|qq|扣扣)[::]? ?\d{5,12}"
        ),
        match=[
            "下载文档送全套 CAD 图纸 扣扣 414950000 买文档送全套 CAD 图纸 扣扣 1304130000 序言",
            "CAD图纸及详细资料打包下载密码 gd8e9rfjmctt4w",
        ],
        never=["联系人QQ:414950000", "全套图纸由设计院提供。"],
    ),
    Rule(
        id="service.site_ad",
        why="`老金范文，海量公文素材，下载网址…，加微：…` and `…网(example.COM)收集整理`",
        position=Position.ANY,
        span=True,
        required_literals=(".c", ".n", ".o", ".C", ".N", ".v", ".t", "海量", "ht", "全套"),
        pattern=(
            rf"[一-鿿]{{2,8}}(?:网|文库|范文|文秘)? ?[(,,] ?{HOST} ?\)? ?(?:收集|整理|搜集|发布|提供"
            rf"|首发){{1,2}}"
            rf"|[一-鿿]{{2,6}}范文,海量公文素材(?:资料)?,下载网址 ?[::] ?{HOST}(?:,?润笔请加微 ?[::] ?\w{{4,20}})?。?"
            rf"|《[^》]{{2,60}}》由[一-鿿]{{2,8}}网? ?\( ?https?://\S{{4,40}} ?\) ?(?:小编)?整理发布,[^。]{{0,30}}。?"
            rf"|全套材料快 ?搜 ?公 ?文"
        ),
        match=[
            "20个。文秘之家网(wenmizhijia.COM)收集整理",
            "《年度总结》由学生网( https://www.example.net/ )小编整理发布,希望能够给你提供实用帮助。",
        ],
        never=["数据由市统计局收集整理。", "统计网(含专线)整理发布"],
    ),
    Rule(
        id="service.slogan",
        why="the site's slogan or address behind a paragraph's last mark, or before its first word",
        position=Position.ANY,
        span=True,
        required_literals=("ww", "档之", "习文"),
        pattern=(
            r"(?m)(?P<keep>[。:;!?,”])? ?(?:公文汇|稿子汇|公文网|范文网|文秘网),(?:办公文档之家|范文学习文库)"
            r"|(?:(?P<keep2>[。:;!?”]) ?| )[一-鿿]{2,5} ?www\.[A-Za-z0-9-]{2,30}\.(?:com|cn|net)$"
        ),
        match=["推进各项工作。 稿子汇 www.gaozi0hui.com", "同志们:公文汇,办公文档之家"],
        never=["请登录网址 www.example.com 查询", "公文汇编,共三册"],
    ),
    Rule(
        id="service.site_name",
        why="a site's name set into the middle of a word",
        position=Position.ANY,
        span=True,
        required_literals=("秘网",),
        pattern=r"[一-鿿](?P<inside>老秘网)[一-鿿]",
        match=["分析研究我老秘网市第一季度"],
        never=["欢迎来到老秘网。"],
    ),
    Rule(
        id="service.file_name",
        why="the name of another file set into a sentence",
        position=Position.ANY,
        span=True,
        required_literals=("df",),
        pattern=r"[A-Z]{2,5}(?:/T|T)? ?\d{3,6}(?:\.\d+)?[-—]\d{4} [^,。;\n]{4,40}\.pdf",
        match=["提交给采购中心GBT 10000-2015 电信设备要求及测量方法.pdf,对于"],
        never=["按GBT 10000-2015 执行"],
    ),
    Rule(
        id="service.hijacked",
        why="keyword line of a hijacked domain: many short titles, no sentence",
        position=Position.HEAD,
        pattern=(
            r"(?:[^。;!?]*(?:国产|亚洲|欧美|日韩|\bav\b|\bAV\b|无码|精品|在线(?:观看|视频|播放|不卡)|免费(?:视频"
            r"|观看|播放)|成人|美女|人妻|娇妻|少妇|内射|无套|偷拍|乱码|麻豆|蜜臀|色大片|一区二区)[^。;!?]*){2,} ?\??"
        ),
        required_literals=(
            "国产",
            "亚洲",
            "欧美",
            "日韩",
            "av",
            "AV",
            "无码",
            "精品",
            "线观",
            "线视",
            "线播",
            "线不",
            "费视",
            "费观",
            "费播",
            "成人",
            "美女",
            "人妻",
            "娇妻",
            "少妇",
            "内射",
            "无套",
            "偷拍",
            "乱码",
            "麻豆",
            "蜜臀",
            "色大",
            "一区",
        ),
        match=["国产视频免费观看,今年工作安排,欧美精品一区,同时各地推进 ?"],
        never=["octave-bug - Octave 的 bug", "国产设备和进口设备并重,精品工程层出不穷。", "亚洲经济论坛在线举行"],
    ),
    Rule(
        id="service.paid_marker",
        why="marker of the paid part, inside a word; the text goes on",
        position=Position.ANY,
        span=True,
        required_literals=("##",),
        pattern=r"##paid(?:begin|end)##",
        match=["代表支部委员会通报##paidbegin##"],
        never=["##标题##"],
    ),
    Rule(
        id="service.injected_brand",
        why="brand of a gambling site glued into the title and the sentences of a hijacked domain",
        position=Position.ANY,
        span=True,
        required_literals=("伟德", "必赢", "必威", "葡京", "亚博", "万博", "太阳", "永利", "华体", "开云", "乐鱼"),
        pattern=(
            r"(?:(?i:bet|betvictor|bevictor|betway|www)[ .]?|\d{4,6})(?:伟德|必赢|必威|新?葡京|亚博|万博|太阳城|永利|华体会|开云|乐鱼)"
            r"(?:(?:官方|娱乐|体育|国际|平台|在线|手机|电子)?(?:网站|官网|入口|登[录陆]|娱乐城?|体育|国际|平台|[Aa][Pp][Pp]|下载))*"
        ),
        match=["bet伟德官方网站2015年上半年推荐通知", "气温72886必赢逐日下降", "防汛Bevictor伟德", "www.必赢官网"],
        never=["永利镇人民政府官方网站", "伟德国际学校的报告", "2015太阳照常升起"],
    ),
    Rule(
        id="service.address_ad",
        why="bracketed invitation to a site with its address, or an address that claims the text",
        position=Position.ANY,
        span=True,
        pattern=(
            r"[『〖【\[(][^。;!?『〖【\[(]{0,30}(?:关注|访问|登[录陆]|收藏|更多)[^。;!?/]{0,30}(?i:www)\.[\w-]{2,30}(?:\.[A-Za-z]{2,6}){1,2}[^。;!?]{0,8}[』〗】\])]{1,2}"
            r"|^(?i:www)\.[\w-]{2,30}(?:\.[a-z]{2,6}){1,2} ?(?:转载|原创|首发|整理)$"
        ),
        required_literals=("ww", "WW", "wW", "Ww"),
        match=["讲得好。『更多 星座常识请关注 :青禾网,WwW.qInghe.cc』〗接着说", "www.qinghe.com 转载"],
        never=[
            "网址:www.qinghe.com",
            "(见 www.qinghe.com 所载的各项通知)全文如下",
            "由www.qinghe.com 转载",
            "(如果水闸尚未登记,访问 https://www.qinghe.com/[] 登记,然后申领钥匙。)",
            "(更多的量水口令见 http://www.qinghe.com/),先抄表再开闸",
        ],
    ),
)
