"""Lines in which a site says that it shows a part only, told by what they are made of: any words in any order.

Such a line speaks of the part that is not shown, of what a reader must do (log in, pay, download) and of reading. Each
alone stands in texts too (`剩余资金`, `登录系统后查看成绩`); of texts none has all of them.
"""

from __future__ import annotations

from cleaners.rules.rule import Position, Rule, TruncationSignal

_GAP = r"[^。;!?附]{0,16}?"
"""Words between, but none of an appendix: that is no part of a page."""
_BEGIN, _END = r"[(\[【—.…-]{0,6} ?", r"[。!…>»)\]】—.-]{0,6}"

_PAY = r"(?:登[录陆]|购买|付费|支付|开通|充值|解锁|兑换|会员|VIP|回复|注册|订阅|升级|权限|积分|金币|点数)"
"""What a site asks of a reader, and with the rest how it lets one in."""
_OPEN = rf"(?:{_PAY}|下载|关注|扫码|扫描|App|APP|客户端)"
_READ = r"(?:阅读|查看|显示|展示|预览|浏览|查阅|可见|解锁|提供|看|读)"
_COUNT = r"(?:[约近]? ?[\d一二三四五六七八九十两半][\d,.百千万多余]{0,6} ?(?:页|字|%|成))"
_PART = r"(?:内容|部分|正文|章节|文字|页面|页|全文)"
_LEFT = "(?:剩余|余下|其余|剩下|后续|后面|下面)"
_REST = (
    rf"(?:(?:{_LEFT}|全部|更多)(?:全部)?的?{_COUNT}的?{_PART}?|(?:{_LEFT}|隐藏|省略)(?:全部)?的?{_PART}|更多(?:页面|章节|正文)"
    r"|完整(?:版|文档|文章|内容|资料|正文|答案)|[以下此][下文处](?:的?内容|部分|正文|章节)"
    rf"|(?:后[面文])?(?:[还尚仍另]有|还剩) ?{_COUNT})"
)
"""The text, or the part of it, that a page does not show."""
_SAMPLE = r"(?:试读|预览|试看|试阅|免费阅读|免费部分|免费章节)"
_ONLY = r"(?:[只仅](?:能|可以?|供)?|最多可?以?|可?免费)"

_OFFERS = (
    rf"{_GAP}{_OPEN}{_GAP}{_READ}{_GAP}{_REST}{_GAP}",
    rf"{_GAP}{_READ}{_GAP}{_REST}[,:]?{_GAP}{_OPEN}{_GAP}",
    rf"{_GAP}{_REST}{_GAP}{_OPEN}{_GAP}{_READ}{_GAP}",
    rf"{_GAP}{_REST}[^。;!?附]{{0,8}}?(?:请先?|需要?|须|为|见){_GAP}{_OPEN}{_GAP}",
    rf"{_GAP}{_PAY}[^。;!?附]{{0,8}}(?:{_READ}(?:本文)?全文|继续阅读)",
    rf"继续阅读[,:]?(?:请|需){_GAP}{_PAY}{_GAP}",
    rf"{_GAP}全文(?:阅读)?[?,]?(?:请先?|需要?){_PAY}{_GAP}",
    rf"{_GAP}全文请?下载后?{_READ}{_GAP}",
    rf"{_GAP}\d ?元(?:即可|可以|后可?){_READ}(?:全文|{_REST})",
    rf"{_GAP}未完,{_GAP}{_OPEN}{_GAP}(?:全文|完整){_GAP}",
    r"(?:更多内容|查看更多|完整内容|全部内容)请?下载(?:原文|全文|完整版|文档)",
    rf"{_GAP}{_PAY}后即?可?{_READ}(?:全部|更多)内容|{_GAP}{_READ}了?前{_COUNT},更多{_GAP}{_OPEN}{_GAP}",
    rf"{_GAP}(?:答案|解析|下文|正文)请?{_PAY}后(?:可|才能)?{_READ}",
    rf"{_GAP}内容[仅只]限?(?:会员|VIP|登[录陆]用户)(?:可见|可看|查看|阅读)",
    rf"(?:会员专享|VIP专享|会员|付费)内容,{_GAP}|以下[为是](?:会员|付费|VIP)(?:专享)?(?:内容|部分)",
)
_PARTS = (
    rf"[^。;!?]{{0,10}}?(?:您|你|游客|用户|会员|文[档章]|预览|试读|试看|权限|登[录陆]|本[页站])[^。;!?]{{0,8}}?{_ONLY}{_READ}[了到]?(?:其中|文章|文档)?的?"
    rf"(?:前? ?{_COUNT}|前?(?:.分之.|一半)|节选|摘要|(?:一?部分(?:内容|页面)?|预览),{_GAP}{_OPEN}){_GAP}",
    rf"(?:由于|因)?(?:内容|文章|篇幅|文档)[^。;!?]{{0,10}}[只仅]能?{_READ}了?一?(?:{_COUNT}|部分(?:内容|页面)?)(?:,{_GAP}下载{_GAP})?",
    rf"(?:目前|当前|现)?[只仅]{_READ}(?:前{_COUNT},(?:.{{0,6}}略|全[文书]共.{{0,8}})|[本该]?(?:文[档章]|全文|本文)的?(?:开头|前面|一)部分)",
    rf"[^。;!?]{{0,6}}共 ?\d{{1,4}} ?页,(?:您|当前|目前|现)?(?:[只仅]|可?免费)?{_READ}(?:其中)?的?前? ?{_COUNT}"
    ".{0,24}",
    rf"(?:您的?|本次|本文|本章)?(?:免费|文档|在线|全文)?{_SAMPLE}(?:部分|内容|页数|次数|章节|额度)?(?:已经?|到此|就此|至此)?"
    rf"(?:结束|达?到?上限|用完|[看读]完|完毕?|为止)(?:,{_GAP}(?:{_OPEN}|后[续面]){_GAP})?",
    rf"到此为(?:{_SAMPLE})(?:内容|部分)|您?正在(?:试读|试看|预览),{_GAP}{_OPEN}{_GAP}",
    rf"[^。;!?]{{0,4}}预览(?:页面|内容)?(?:(?:只有|仅) ?{_COUNT}|有限|中断|不完?[全整]),{_GAP}{_OPEN}{_GAP}",
    rf"[^。;!?]{{0,8}}不支持(?:全文)?预览,{_GAP}{_OPEN}{_GAP}",
    r"(?:本文|内容|全文|文档|正文)(?:还|尚)?[未没]有?(?:显示|展示|加载)(?:(?:完全?|全|完整).{0,24}|,请.{0,24})",
    rf"(?:点击|轻触)?(?:展开|查看|阅读|加载)(?:剩余|余下|其余|剩下)的? ?(?:{_COUNT}|{_PART})[ >»↓∨]{{0,4}}",
    rf"[^。;!?]{{0,8}}(?:剩余|余下|其余|剩下)的?{_PART}?请(?:翻页|点击|看下一?页).{{0,10}}",
    r"(?:全文|本文)[约共]? ?\d{3,6} ?字,(?:试读|可?免费阅读|当前显示|已显示|可预览) ?\d{2,6} ?字.{0,20}",
    r"余下全文 ?\(\d{1,3}/\d{1,3}\)[ >»]{0,4}",
)

RULES = (
    Rule(
        id="cut.offer",
        why="what is not shown, and what a reader must do to see it",
        position=Position.TAIL,
        signal=TruncationSignal.CUT,
        pattern=f"{_BEGIN}(?:{'|'.join(_OFFERS)}){_END}",
        required_literals=(
            *("登录", "登陆", "购买", "付费", "支付", "开通", "充值", "解锁", "兑换", "会员", "VI", "回复", "注册"),
            *("订阅", "升级", "权限", "积分", "金币", "点数", "元即", "元可", "元后", "下载", "关注", "扫码", "扫描"),
            *("Ap", "AP", "户端"),
        ),
        match=[
            "登录后可查看剩余60%的内容",
            "剩余部分请下载后查看",
            "阅读余下内容,请关注青禾文库",
            "(以下内容略,完整版请下载)",
            "付费后可阅读全文",
            "更多内容请下载原文",
        ],
        never=[
            "更多精彩内容请关注公众号。",
            "剩余资金用于购买图书,由村民查看账目。",
            "下载文档可阅读全部内容",
            "请登录系统后查看自己的成绩。",
            "请下载附件查看完整资料。",
        ],
    ),
    Rule(
        id="cut.part",
        why="the page says that it shows so much only, or that it has shown all that it will",
        position=Position.TAIL,
        signal=TruncationSignal.CUT,
        pattern=f"{_BEGIN}(?:{'|'.join(_PARTS)}){_END}",
        required_literals=(
            *(
                "只",
                "仅",
                "最多",
                "免费",
                "试读",
                "预览",
                "试看",
                "试阅",
                "未显",
                "没显",
                "没有",
                "未有",
                "未展",
                "未加",
            ),
            *("没展", "没加", "剩余", "余下", "其余", "剩下", "页,", "字,"),
        ),
        match=[
            "未登录用户只能阅读前500字",
            "在线预览已达上限,请下载",
            "文档预览到此结束",
            "本文未显示完,请点击阅读全文",
            "点击展开剩余70%",
            "余下全文(2/5) >>",
        ],
        never=[
            "我们只能看到前 5 页的手稿。",
            "会议到此结束,请下载通知。",
            "查看剩余电量请按左键。",
            "本文只讨论前两个问题。",
        ],
    ),
)
