"""Marks that say that text is missing and how much of it, or that nothing is."""

from __future__ import annotations

from cleaners.rules.rule import Position, Rule, TruncationSignal

_NUMBER = r"\d{1,7}"

RULES = (
    Rule(
        id="cut.read_pages",
        why="`已阅读5页，还剩14页未读 继续免费阅读` above the text layer",
        position=Position.HEADER_END,
        signal=TruncationSignal.CUT,
        pattern=(
            r"(?:已阅读 ?(?P<pages_shown>\d+) ?页,? ?)?还剩 ?(?P<pages_left>\d+)? ?页未读,? ?(?:继续(?:免费)?阅读"
            r"|查看更多内容需下载)?|剩余 ?(?P<pages_left2>\d+) ?页未读,? ?.{0,20}"
        ),
        match=["已阅读5页,还剩14页未读 继续免费阅读", "还剩页未读,继续阅读", "剩余12页未读,查看更多内容需下载"],
        never=["这本书还剩14页未读完。"],
    ),
    Rule(
        id="cut.preview_over",
        why="free preview ends, so many pages can be had by download",
        position=Position.HEADER_END,
        signal=TruncationSignal.CUT,
        pattern=r"(?:免费)?预览已结束,剩余 ?(?P<pages_left>\d+) ?页可下载查看",
        match=["免费预览已结束,剩余1页可下载查看"],
        never=["预览已结束,请各组汇报。"],
    ),
    Rule(
        id="cut.beyond_preview",
        why="`亲，该文档总共13页，到这儿已超出免费预览范围，如果喜欢就下载吧！`",
        signal=TruncationSignal.CUT,
        pattern=r"亲,该文档总共 ?(?P<pages>\d+) ?页,到这儿已超出免费预览范围,如果喜欢就下载吧!?",
        match=["亲,该文档总共13页,到这儿已超出免费预览范围,如果喜欢就下载吧!"],
        never=["该文档总共13页,由三部分组成。"],
    ),
    Rule(
        id="cut.whole",
        why="`全部预览完了`: nothing is missing",
        signal=TruncationSignal.WHOLE,
        pattern=(
            r"亲,该文档总共 ?(?P<pages>\d+) ?页,全部预览完了,如果喜欢就下载吧!?|全文预览已结束.{0,20}"
            r"|可阅读全部内容"
        ),
        match=["亲,该文档总共11页,全部预览完了,如果喜欢就下载吧!", "全文预览已结束"],
        never=["全部预览完了再投票。"],
    ),
    Rule(
        id="cut.resource_preview",
        why="the site shows so many pages only",
        signal=TruncationSignal.CUT,
        pattern=(
            r"本资源只提供 ?(?P<pages_shown>\d+) ?页预览,全部文档请下载后查看!?.{0,40}|\(?仅(?:展示|显示"
            r"|提供)(?:前)? ?(?P<pages_shown2>\d+) ?页.{0,20}(?:下载|查看).{0,20}"
        ),
        match=["本资源只提供10页预览,全部文档请下载后查看!喜欢就下载吧,查找使用更方便"],
        never=["本资源只提供给校内师生使用。"],
    ),
    Rule(
        id="cut.unfinished",
        why="`……（未完，全文共4603字，当前仅显示2325字，…` with or without its closing bracket, alone or glued",
        position=Position.ANY,
        span=True,
        required_literals=("未完",),
        signal=TruncationSignal.CUT,
        pattern=(
            rf"[….]{{0,12}} ?[(\[【]?未完,(?:全文|本文|文章)共 ?(?P<total_chars>{_NUMBER}) ?字,(?:当前"
            rf"|目前)(?:仅"
            rf"|只)?显示 ?(?P<shown_chars>{_NUMBER}) ?字(?:,? ?请(?:认真)?阅读下面的?提示信息)?[。,]?(?: ?收藏《[^》\n]{{0,80}}》?)?[)\]】]?"
        ),
        match=[
            "(未完,全文共2010字,当前显示249字)",
            "新赛道……(未完,全文共4603字,当前仅显示2325字,请阅读下面提示信息。收藏《讲话》",
        ],
        never=["(未完,待续)", "全文共4603字。"],
    ),
    Rule(
        id="cut.shown",
        why="how many characters are shown, and of how many",
        position=Position.TAIL,
        signal=TruncationSignal.CUT,
        pattern=(
            rf"[(\[【]?(?:以上|当前|目前|本页|现)?[仅只](?:展示|显示|提供|放出)了?前? ?(?P<shown_chars>{_NUMBER}) ?字,(?:全文|本文|文章|正文)[约共]{{0,2}} ?(?P<total_chars>{_NUMBER}) ?字[^。;!?]{{0,30}}[)\]】]?"
            rf"|[(\[【]?(?:全文|本文|文章|正文)[约共]{{0,2}} ?(?P<total_chars2>{_NUMBER}) ?字,(?:试读|可?免费阅读|可预览|(?:以上|当前|目前|本页|现)?[已仅只]?(?:展示|显示|提供|放出)了?前?) ?(?P<shown_chars2>{_NUMBER}) ?字[^。;!?]{{0,20}}[)\]】]?"
        ),
        required_literals=("字,",),
        max_chars=90,
        match=["仅展示327字,全文共616字", "(全文共2010字,当前仅显示249字)", "本文约2000字,可免费阅读800字"],
        never=["全文共616字。", "全文共616字,写了三天", "作文要求:全文约800字,分3段展示"],
    ),
    Rule(
        id="cut.total",
        why="`【文章共1471字，精选参考范文，仅供学习借鉴】` at the end",
        position=Position.TAIL,
        signal=TruncationSignal.CUT,
        pattern=rf"[【(\[](?:文章|全文|本文)共 ?(?P<total_chars>{_NUMBER}) ?字,.{{2,40}}[】)\]]",
        match=["【文章共1471字,精选参考范文,仅供学习借鉴】"],
        never=["(全文共1471字)"],
    ),
    Rule(
        id="cut.gap",
        why="a piece left out in the middle, with its length; the text goes on behind it",
        position=Position.ANY,
        span=True,
        required_literals=("省略", "隐藏", "略去"),
        signal=TruncationSignal.GAP,
        pattern=(
            rf"[….]{{0,12}} ?[(\[【]?[^()\[\]【】\n。]{{0,20}}(?:https?://[A-Za-z0-9./_-]{{4,60}})? ?(?:省略"
            rf"|隐藏|略去) ?(?P<omitted_chars>{_NUMBER}) ?字,(?:正式)?(?:会员|VIP|下载后?"
            rf"|登[录陆]后?).{{0,16}}?(?:阅读|查看)(?:全文)?[)\]】]?[….\-]{{0,12}}"
            rf"|(?:-{{2,6}}|[….]{{2,12}}) ?此处已?隐藏 ?(?P<omitted_chars2>{_NUMBER}) ?个?字(?:,下载后查看)? ?(?:-{{2,6}}|[….]{{2,12}})"
        ),
        match=[
            "……(新文秘网http://www.example.cn省略828字,正式会员可完整阅读)……",
            "---此处隐藏3111字,下载后查看---",
            "……此处隐藏204个字……",
            "…… 此处已隐藏21313字 ……",
        ],
        never=["此处省略500字的细节描写。", "(省略828字)", "此处隐藏204个字。"],
    ),
    Rule(
        id="cut.rest",
        why="how much is left out behind the last word",
        position=Position.ANY,
        span=True,
        required_literals=("剩余",),
        signal=TruncationSignal.CUT,
        pattern=rf"(?m)[(\[【]剩余 ?(?P<omitted_chars>{_NUMBER}) ?字[)\]】]$",
        match=["他的话讲到这里(剩余4960字)"],
        never=["剩余500字写在背面", "(剩余4960字)见附件"],
    ),
    Rule(
        id="cut.excerpt",
        why="the page says that it shows a part",
        position=Position.HEAD,
        signal=TruncationSignal.CUT,
        pattern=r"(?:论文|文章|文档|本文)部分内容(?:阅读|预览|展示)",
        match=["论文部分内容阅读"],
        never=["论文部分内容曾在会上宣读。"],
    ),
    Rule(
        id="cut.summary",
        why="the page says that it is a summary, and how long the text is",
        position=Position.TAIL,
        signal=TruncationSignal.CUT,
        pattern=r"您现在查看的?是摘要页,全文长 ?\d{1,7} ?(?:字符?|个字)。?",
        required_literals=("要页",),
        match=["您现在查看是摘要页,全文长 2310 字符。"],
        never=["您现在查看是摘要页。"],
    ),
    Rule(
        id="cut.button",
        why="the button to the whole text, glued behind the dots at which a part of it stops",
        position=Position.ANY,
        span=True,
        signal=TruncationSignal.CUT,
        pattern=r"(?m)(?:…|\.\.\.){1,2} ?[\[(【]?(?:阅读|查看|展开)全文[\])】]?(?: ?[>»]){0,3}$",
        required_literals=("全文",),
        match=["水从渠里来的时候,大家都…阅读全文", "水从渠里来的时候,大家都...[查看全文]"],
        never=["大家都阅读全文", "请同学们……阅读全文后回答。"],
    ),
    Rule(
        id="cut.not_loaded",
        why="the page did not load all of the text, or sends its reader to a program for the rest",
        position=Position.FOOTER_START,
        signal=TruncationSignal.CUT,
        pattern=(
            r"内容未加载完成,请?尝试.{2,60}"
            r"|[上下去到](?:载)?.{2,10}(?:APP|App|客户端)(?:看|查看|阅读)(?:后续|更多|剩余|全部)(?:精彩)?内容"
        ),
        required_literals=("未加", "AP", "Ap", "户端"),
        match=["内容未加载完成,请尝试【刷新网页】", "上青禾阅读APP看后续精彩内容"],
        never=["内容未加载完成时请稍候。"],
    ),
    Rule(
        id="cut.login",
        why="log in to read all of it",
        position=Position.FOOTER_START,
        signal=TruncationSignal.CUT,
        pattern=(
            r"[(\[【<—.…-]{0,6} ?(?:(?:想|要)?阅读完?全部(?:图文)?内容,? ?您?需要先登[录陆]|请?(?:登[录陆]|购买|开通会员"
            r"|开通VIP|下载)后?(?:即可|可)?(?:继续)?(?:阅读|查看)(?:全文|(?:全部|完整|剩余|余下|更多)(?:内容|部分)?)"
            r"|请拖动滑块继续阅读|此处为试读内容,.{2,30}|立即开通) ?[!。.…—>)\]】-]{0,6}"
        ),
        match=[
            "(想阅读完全部图文内容,您需要先登陆!)",
            "(阅读全部图文内容,您需要先登录!)",
            "登录后查看全文",
            "(登录后阅读全文)",
            "【请登录后继续阅读剩余部分】",
        ],
        never=["登录后可查看全部办件的进度。", "(登录后查看)", "购买后阅读完整的说明。"],
    ),
    Rule(
        id="cut.preview_ended",
        why="the preview ends here, and what it takes to read on",
        position=Position.FOOTER_START,
        signal=TruncationSignal.CUT,
        pattern=(
            r"(?:免费)?(?:试读|预览)(?:部分)?已?结束(?:,还有 ?(?P<pages_left>\d+) ?页未(?:展示|读|显示))?"
            r"|还剩 ?(?P<pages_left2>\d+) ?页未读,是否继续阅读\??|阅读已结束,您?可以?花 ?[\d.]+ ?元.{2,10}"
            r"|(?:试读|预览)(?:部分)?已?结束,?.{0,6}(?:开通|购买|登[录陆]|下载|获取).{0,40}"
            r"|(?:试读|预览)(?:部分)?已?结束,?(?:您?只能|仅[能可供]|最多)(?:可以)?(?:查看|阅读|浏览|预览)前? ?\d{1,4} ?页[。,!].{0,40}"
            r"|.{0,6}预览结束,?免费获取全文.{0,40}"
        ),
        required_literals=("结束", "页未"),
        match=[
            "试读结束",
            "免费预览已结束,还有12页未展示",
            "还剩 12 页未读,是否继续阅读?",
            "阅读已结束,您可以花 6.80 元把它带走",
            "预览已结束,请购买后继续阅读",
            "文档预览结束,免费获取全文",
            "试读结束,仅可预览前 8 页。看完整文档请返回付费。 --",
        ],
        never=["预览结束后关闭窗口", "试读结束后请填写问卷。", "预览结束只能查看3页的做法引起读者不满。"],
    ),
    Rule(
        id="cut.unfold",
        why="button to what is not shown; more of the text may stand below",
        position=Position.ANY,
        signal=TruncationSignal.CUT,
        pattern=(
            r"继续免费阅读全文|内容过长,仅展示.{2,14}预览,.{0,4}请?下载|展开全文 ?(?:[∨﹀↓>v]+|\(剩余 ?\d+ ?%\))|未完待续,.{0,4}(?:完整版|全文)请?(?:下载|购买|开通).{0,10}"
            r"|[↓▼]{1,4} ?下载文档可阅读全部内容 ?[↓▼]{1,4}"
        ),
        match=[
            "展开全文(剩余30%)",
            "内容过长,仅展示头部部分文字预览,全文请下载",
            "未完待续,完整版请下载Word文档",
            "↓↓↓ 下载文档可阅读全部内容 ↓↓↓",
        ],
        never=["未完待续", "展开全文后可见", "下载文档可阅读全部内容"],
    ),
    Rule(
        id="cut.remaining",
        why="how much is left out, or how much is shown, and what it takes to see the rest",
        position=Position.TAIL,
        signal=TruncationSignal.CUT,
        pattern=(
            r"\W{0,4}(?:[^。;!?]{0,24}?(?:还[有剩]|剩余|余下|仍有|另有|其余)[约大概]{0,3} ?(?:\d[\d,.]{0,6} ?(?:页|字|面|屏|题|张|幅|篇|%)|部分|内容)[^。;!?]{0,16}"
            r"(?:下载|开通|解锁|会员|VIP|付费|兑换|点数|积分|客户端|App|APP)[^。;!?]{0,16}"
            r"|免费(?:浏览|预览|阅读|试读)[到至]第 ?\d{1,4} ?页[^。;!?]{0,30}|(?:试阅|试读|预览)范围?[到至]?第 ?\d{1,4} ?页[^。;!?]{0,30}"
            r"|第 ?\d{1,4} ?页(?:之后|以后|起)[为是需]付费[^。;!?]{0,24}"
            r"|(?:后文|余文|余下(?:内容|部分|正文)?)[已被]{0,2}(?:上锁|隐藏|收起|锁定)[^。;!?]{0,30}"
            r"|您?[只仅才](?:读|看|浏览|展示|显示)了(?:其中的|全文的)? ?\d{1,2} ?%[^。;!?]{0,20}"
            r"|(?:全稿|全文|本文|本页)[仅只]?(?:展示|显示|放出)了?前? ?(?:\d{1,2}/\d{1,2}|\d{1,2} ?%|[\d,]{2,7} ?字)[^。;!?]{0,20}"
            r"|在[「“\"《].{1,12}[」”\"》](?:客户端|App|APP)查看(?:后面|剩余|全部)[^。;!?]{0,12}"
            r"|(?:正文|全文|本文)共 ?[\d,]{3,7} ?字,[^。;!?]{0,40}(?:登[录陆]|会员|注册用户|下载|付费)[^。;!?]{0,20})[)\]]?"
        ),
        required_literals=(
            *("还有", "还剩", "剩余", "余下", "仍有", "另有", "其余", "付费", "文共", "看后", "看全"),
            *("费浏", "费预", "费阅", "费试", "试阅", "试读", "预览", "后文", "余文"),
            *(f"{only}{verb}" for only in "只仅才" for verb in "读看浏展显放"),
            *(f"{what}{verb}" for what in "稿文页" for verb in "展显放"),
        ),
        max_chars=90,
        match=[
            "免费浏览到第 3 页为止,还有 55 页待下载",
            "试阅范围至第 4 页,欲阅全文请以点数兑换",
            "后文已上锁 · 余下约 620 字",
            "还剩约 700 字 · 看完整篇请启用本站会员",
            "(正文共2860字,注册用户可阅读约四成,其余部分请登录后接着看)",
            "您只读了其中的 58%",
        ],
        never=[
            "还有 3 页未装订,请查收。",
            "其余部分由乙方承担",
            "还剩 5 题未答",
            "预览第 3 页的版式",
            "全文显示了作者的情怀",
        ],
    ),
    Rule(
        id="cut.next_page",
        why="a reader of novels or essays ends a page here and asks to turn it",
        position=Position.TAIL,
        signal=TruncationSignal.CUT,
        pattern=(
            r"(?:(?:因|由于)?(?:文章|内容)?篇幅(?:问题|限制|所限|较长|过长),?(?:本页)?不能全部显示,请?点此查看更多[^。;!?]{0,8}"
            r"|[(]?(?:本[章节文篇]|文章|小说|内容)(?:内容)?(?:还[没未]|未)(?:完|结束),?(?:请|可)?(?:点击|翻[到看]?|继续)?"
            r"(?:下一?[页章]|翻页)(?:继续)?(?:阅读|观看|查看)?(?:精彩内容|后[面续](?:精彩)?内容)?[)!。]? ?[>»→]*)"
        ),
        required_literals=("未完", "没完", "未结", "没结", "篇幅"),
        match=[
            "本章未完,请点击下一页继续阅读 >>",
            "(本章未完,请翻页)",
            "文章未完,点击下一页继续",
            "本章还没完,请点击下一页继续阅读后面精彩内容!",
            "内容未完,下一页继续阅读",
            "因篇幅问题不能全部显示,请点此查看更多更全内容",
        ],
        never=[
            "因篇幅所限,附表不能全部显示。",
            "本章未完",
            "文章未完成,下一页是空白的。",
            "本节未完,下一页的习题请同学们自己做",
        ],
    ),
    Rule(
        id="cut.read_all",
        why="button to the whole text",
        position=Position.FOOTER_START,
        signal=TruncationSignal.UNFOLD,
        pattern=r"(?:点击)?(?:展开)?(?:阅读|查看|展开)(?:剩余)?(?:全文|全部(?:内容)?)(?: ?[>»↓])*|余下全文",
        match=["阅读全文", "点击查看全部"],
        never=["阅读全文后回答问题。"],
    ),
)
