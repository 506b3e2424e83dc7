"""What an editor of the site wrote before or below somebody else's text."""

from cleaners.rules.rule import Position, Rule

RULES = (
    Rule(
        id="lead.presents",
        rank=9,
        why="the editor names the text he presents",
        position=Position.HEAD,
        pattern=(
            r"(?:.*[。!?,])?[^。!?]*小编[^。,]*(?:整理|收集|搜集|带来)(?:的|了)《?(?P<title>[^。,《》()]{6}[^。,《》()]*?)》?(?:\([^()]*\))?"
            r",(?:仅?供大家(?:参考|阅读|学习)|相信一定会对你有所帮助|欢迎(?:大家)?阅读)[^。]*。?"
        ),
        required_literals=("小编",),
        match=[
            "下面是小编为大家整理的在全县大会上讲话(完整),供大家参考。",
            "范文社小编今天就为您带来了读工匠精神的心得体会模板6篇,相信一定会对你有所帮助。",
        ],
        never=["小编整理了资料,供大家参考。"],
    ),
    Rule(
        id="lead.editor",
        rank=9,
        why="the editor (小编) presents a collection and hopes it helps",
        pattern=(
            r".*(?:小编|编者|本站|[范作论]文网|文库网?)[^。!?]*(?:整理|收集|搜集|准备|带来|分享|推荐|精心|汇总|编辑)[^。!?]*"
            r"(?:参考|借鉴|帮助|喜欢|阅读|欢迎|希望|范文|看看|大家|内容|发布|文章|资料|欣赏)[^。!?]*[。!?,.][^。]*。?"
            r"|.*(?:下面|以下|以上)(?:就?是|为)?[^。!?]*小编[^。]+。?"
        ),
        required_literals=("小编", "编者", "本站", "文网", "作网", "论网", "文库"),
        match=[
            "下面是小编为大家整理的在全县大会上讲话(完整),供大家参考。",
            "在日常生活中,协议书的作用越来越大。以下是小编为大家收集的结算协议书7篇,仅供参考,欢迎大家阅读。",
            "以上是小编为大家准备的比赛总结范文,希望对大家的写作有所帮助。",
        ],
        never=["小编制单位的领导职数,按规定核定。", "老师整理教案,供学生课后复习。", "下面是各组汇报的内容。"],
    ),
    Rule(
        id="lead.publishes",
        why="a site's name publishes the text for its readers and asks to follow it",
        position=Position.HEAD,
        pattern=r"(?:【#[^】]+导语】)?.*网为(?:考生|大家|您|广大[一-鿿]{2,6})(?:发布|整理|提供|带来).*(?:请关注|供大家|参考|希望).*",
        required_literals=("网为",),
        match=["【#护士资格考试#导语】不积跬步。青禾网为考生发布“静脉输液”,更多信息请关注青禾网!"],
        never=["电网为广大农户提供了保障。"],
        rank=9,
    ),
    Rule(
        id="lead.intro",
        why="`导语`: the text comes from the net, ask customer service for original work",
        position=Position.HEAD,
        pattern=(
            r"(?:导语|前言|简介|摘要|温馨提示) ?[::] ?.{0,200}(?:来源于网友上传|不代表本站观点"
            r"|原创文章可?咨询客服|客服老师|欢迎咨询|小编为你整理|还可以找到更多|精心整理).*"
        ),
        match=["导语:防汛工作总结一文来源于网友上传,不代表本站观点,若需要原创文章可咨询客服老师,欢迎参考。"],
        never=["导语:一年之计在于春。", "前言:本书共分八章。"],
    ),
    Rule(
        id="lead.reference",
        why="invitation to use the paragraph below, on a page that presents model texts",
        position=Position.HEAD,
        pattern=(
            r"欢迎(?:大家)?阅读.{2,60},(?:本文|内容)?由[^,。]{1,12}整理(?:,希望.{2,16}帮助)?!?。?"
            r"|关于.{2,40}(?:怎么写|如何写|有哪些).{0,40}(?:大家|您|你)可以?参考(?:下面|以下|一下).{0,20}。?"
            r"|(?:希望|但愿)(?:对|能够?给|给)(?:大家|您|你)(?:的.{2,10})?(?:有所?|带来|提供)?.{0,10}帮助!?。?"
            r"|(?:欢迎|供)(?:大家|您)?(?:借鉴|参考|阅读|下载)(?:与|和|、)?(?:参考|借鉴"
            r"|阅读)?(?:,.{0,30})?[!。]"
        ),
        match=[
            "关于歌唱比赛的开场白,怎么写最能呼应主题呢?大家可以参考下面这段话。",
            "希望对大家有所帮助!",
            "欢迎阅读读书笔记(精选4篇),内容由青禾网整理,希望对大家有所帮助。",
        ],
        never=["欢迎阅读本报告,数据由统计科整理后另行印发。", "希望大家互相帮助,共同进步。", "欢迎大家参加会议!"],
    ),
    Rule(
        id="lead.member_summary",
        why="how many texts the editor chose",
        position=Position.HEAD,
        pattern=r"(?:\S{2,8}网?)?(?:精选|推荐|范文)(?:\d+篇|[一二三四五六七八九十]+篇)[^。]{0,30}(?:参考|借鉴)。?",
        required_literals=("精选", "推荐", "范文"),
        match=["精选8篇供您参考"],
        never=["推荐3篇论文参加评奖。"],
    ),
)
