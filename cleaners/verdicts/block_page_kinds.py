"""The kinds of pages that stand where a document should, and the words by which each is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

PLANNED = re.compile(
    r"将[于在](?![^。]{0,12}恢复)|拟[于在]|计划(?!内?维护)|定于|应当|不得|(?<![于在至])\d{4}年\d{1,2}月"
    r"|如果(?:返回|出现|看到|显示|提示)|\bwill be\b.{0,40}\b(?:from|on|until|between) [A-Z]"
)
"""Words of one who plans, rules or reports; a block page speaks of now."""


@dataclass(frozen=True, slots=True)
class BlockPage:
    """One kind of page: what its title says whole, what one of its lines says, and the most that it says beside."""

    name: str
    title: re.Pattern[str]
    line: re.Pattern[str]
    max_rest: int

    def is_said(self, lines: Iterable[str]) -> bool:
        """Say whether one of these lines says it."""
        return any(self.line.search(line) and not PLANNED.search(line) for line in lines)


def _block_page(name: str, max_rest: int, title: str, line: str) -> BlockPage:
    site = r"(?:\s*[-_|—–·,，].{0,40})?"  # the site's own name behind the title
    return BlockPage(
        name,
        re.compile(rf"\W*(?:{title})[\s!！。.…~]*{site}", re.IGNORECASE),
        re.compile(line, re.IGNORECASE),
        max_rest,
    )


_SUBJECT = (
    r"(?:您|你)?(?:要)?(?:访问|浏览|查找|查看|请求)?的?(?:该|此|这个|本)?"
    r"(?:页面|网页|文档|文章|文件|内容|信息|资料|资源|网址|链接)"
)
_SITE = r"(?:本|该|此|这个|您访问的|您所?访问的|当前)?(?:网站|站点|系统|平台|本站|服务器|域名|网页|页面|空间|服务)"

_SAYS = r"(?:回[复答帖]|评论|跟帖|发[帖言]|提问|留言|点赞|投票|讨论)(?!.{0,4}(?:可见|查看|阅读|后|才))"
"""How a reader answers on a page that all may read; words for who may read it do not follow."""

BLOCK_PAGES = (
    _block_page(
        "captcha",
        200,
        r"(?:请)?(?:输入|完成|进行)?(?:安全|人机|访问|滑动|图形|身份)?(?:验证码?|校验|认证)(?:中心|页面|提示|码)?"
        r"|captcha|are you (?:a )?(?:human|robot)\??",
        r"请.{0,12}(?:输入|完成|通过|进行|拖动|按住|点击).{0,16}(?:验证|滑块)|人机验证|滑动验证"
        r"|请(?:依次|按顺序)?点击图中|completing the captcha"
        r"|(?:异常|可疑)(?:的)?(?:访问|流量|请求)|验证(?:您|你)?(?:是)?不是机器人|确认(?:您|你)不是机器人"
        r"|(?:verify|confirm|prove)(?: that)? (?:you are|you're|you’re) (?:a )?(?:human|not a robot)"
        r"|complete the (?:security check|captcha)|完成(?:安全|人机)?验证",
    ),
    _block_page(
        "rate_limit",
        120,
        r"(?:访问|请求|操作)(?:过于|太|过)?(?:频繁|快)|429.{0,20}|too many requests|rate limit.{0,20}"
        r"|(?:访问)?频率(?:限制|过高)|(?:请|正在)?排队(?:等[候待])?中?|(?:流量|带宽|连接数)(?:超限|超额|已?用完)",
        r"(?:访问|请求|操作|点击|刷新|下载|查询).{0,8}(?:过于|太|太过)?(?:频繁|过快|过多|过高)|too many requests"
        r"|rate limit|(?:bandwidth|quota|connection) limit|over quota"
        r"|手速.{0,4}太?快|(?:休息|歇)(?:一下|一会|片刻).{0,4}(?:再|吧)"
        r"|(?:流量|带宽).{0,4}(?:已?用[完尽]|超[限额出]|耗尽)"
        r"|(?:访问|浏览|查看|下载|请求|阅读).{0,4}(?:次数|频率|量|流量|额度).{0,8}(?:超|达到?上限|已?用完|用尽|限制"
        r"|过高)"
        r"|(?:并发|在线人数|访问人数|访问用户).{0,6}(?:过多|过高|超过|较多|已满)|(?:正在|请).{0,6}排队"
        r"|您?(?:的)?前面还有.{0,4}\d+ ?[人位]"
        r"|超过.{0,8}(?:访问|浏览|流量)限制",
    ),
    _block_page(
        "challenge",
        120,
        r"just a moment|attention required!?.*|checking your browser|ddos.{0,20}|loading"
        r"|请稍[候等后]|安全检查|正在(?:检查|验证|加载).{0,12}|浏览器(?:版本)?(?:过低|不支持|升级).{0,8}"
        r"|升级(?:您的)?浏览器|.{0,10}(?:防火墙|云防[御护]|WAF|网站卫士|盾|云锁)",
        r"正在(?:检查|检测|验证)(?:您|你)的(?:浏览器|访问|网络)"
        r"|(?:开启|启用|打开|支持|禁用了?).{0,4}\s*(?:JavaScript|cookies?)"
        r"|enable (?:javascript|cookies)|javascript (?:is )?(?:required|disabled)|without javascript"
        r"|you (?:were|are) a bot"
        r"|checking (?:if|your)|网站防火墙"
        r"|请求带有不合法|(?:请求|访问|操作|网[址页]|网站|IP)[^。,，]{0,12}[已被][^。,，]{0,12}(?:拦截|阻断|阻止)"
        r"|被[^。,，]{0,12}(?:系统|防火墙|管理员|策略)(?:设置)?(?:拦截|阻断|阻止)"
        r"|(?:请求|访问|操作)[^。]{0,12}被[^。,，]{0,8}(?:策略|规则|系统)[^。,，]{0,4}(?:限制|拒绝|阻[断止]|拦截)"
        r"|(?:触发|违反|命中)[^。]{0,12}(?:策略|规则)|疑似[^。]{0,4}(?:攻击|爬虫)"
        r"|对(?:本|该)?网站(?:造成|构成)[^。]{0,4}威胁"
        r"|(?:security|protection) (?:service|policy|check)[^.]{0,30}(?:site|protect|request|connection)"
        r"|检测到[^。]{0,10}(?:爬虫|机器人|恶意|非法|异常)|(?:提交|请求)[^。]{0,4}内容[^。]{0,4}危险"
        r"|浏览器.{0,6}(?:版本)?(?:过低|太旧|不被?支持)|浏览器[^。]{0,4}(?:禁用|关闭)了?.{0,4}(?:脚本|JS)"
        r"|请(?:使用|在|用).{0,16}(?:浏览器|微信|客户端|APP)中?.{0,4}(?:访问|打开|查看|浏览)(?:$|\W|[此该本]|链接|后"
        r"|全文)"
        r"|^(?:页面|数据|内容)?正?在?(?:努力)?(?:加载|载入)中",
    ),
    _block_page(
        "forward",
        120,
        r"(?:页面|网页|系统)?(?:正在|自动)?(?:跳转|转向)(?:中|提示|页面)?|正在跳转.{0,12}|redirect(?:ing)?.{0,20}"
        r"|(?:object|document) moved"
        r"|30[12].{0,30}",
        r"(?:正在|即将|自动|秒后).{0,10}(?:跳转|转向|转到|进入|打开)|(?:页面|网页)(?:跳转|转向)|跳转中|redirecting"
        r"|如果.{0,16}(?:没有|未|不能|无法).{0,4}(?:自动)?(?:跳转|打开)|(?:object|document) moved"
        r"|(?:网站|网址|域名|本站)已.{0,6}(?:更换|迁移|变更|搬家|移至)",
    ),
    _block_page(
        "unregistered",
        120,
        r"(?:ICP)?(?:备案)(?:提示|拦截|阻断|核查|信息|异常)?(?:页面|通知)?"
        r"|(?:网站|域名|站点)?(?:未|没有|尚未|暂未)(?:进行)?(?:ICP)?备案.{0,12}|(?:网站|站点)(?:暂时)?无法访问"
        r"|.{0,10}(?:阻断|拦截)(?:页面|提示)|(?:网站|站点|域名)(?:已被?|被)(?:依法)?(?:关停|关闭|封停|查封|屏蔽)",
        rf"{_SITE}.{{0,12}}(?:未|没有|尚未|暂未|无).{{0,6}}备案"
        rf"|备案.{{0,10}}(?:被?注销|被取消|失效|过期|异常|不符|不一致|被?拦截|被?阻断)"
        r"|(?:未|没有|尚未).{0,20}备案|完成备案后|no ICP|ICP (?:filing|licen[sc]e) (?:is )?(?:missing|required)"
        r"|根据.{0,24}(?:规定|要求|办法).{0,24}(?:关闭|无法访问|停止|屏蔽|阻断|暂停)"
        rf"|{_SITE}.{{0,10}}(?:涉嫌|涉及|因)[^。]{{0,8}}(?:违[法规反]|不良|诈骗).{{0,20}}"
        rf"|已被.{{0,12}}(?:主管部门|通信管理局|网安|公安).{{0,12}}",
    ),
    _block_page(
        "maintenance",
        120,
        r"(?:系统|网站|网页|服务器?|平台|站点|本站|页面)?(?:正在)?(?:进行)?(?:例行|紧急|临时)?(?:系统|服务器)?"
        r"(?:维护|升级|更新|建设|改版|调整|迁移|备份|关闭|关站)(?:维护|升级)?(?:中|公告|提示|页面)?"
        r"|(?:网站|站点|本站|系统|服务)(?:暂时|已经?|临时|暂停)(?:关闭|停止|暂停|无法|不可用|访问|服务)+"
        r"|(?:site |website )?(?:is )?(?:under |down for |closed for )?(?:scheduled )?maintenance(?: mode)?"
        r"|under construction|coming soon"
        r"|(?:503 )?service (?:temporarily )?unavailable|(?:we['’]?(?:ll| will) )?be (?:right )?back.{0,10}|敬请期待"
        r"|.{0,12}(?:站点|网站)已?(?:经|被)?(?:暂停|停止|停用|关闭)",
        rf"{_SITE}.{{0,8}}(?:正在|处于).{{0,8}}(?:维护|升级|更新|建设|改版|调整|迁移|备份|整改)"
        r"|正在.{0,6}(?:系统|网站|服务器|平台|数据)?(?:维护|升级|建设|改版|迁移|备份)"
        r"|(?:维护|升级|建设|改版|整改|迁移)中"
        rf"|{_SITE}.{{0,6}}(?:暂停|暂时|临时|已经?).{{0,4}}(?:关闭|停止|停用|不可用|无法|访问|服务|关站)"
        r"|(?:under|down for|undergoing|performing|for) (?:\w+ )?maintenance"
        r"|(?:维护|升级|改版|更新)[^。]{0,6}暂不?(?:可用|能访问|开放)"
        r"|(?:网站|站点|系统|平台|本站)已?(?:经|被)?[^。]{0,8}停止运[行营]"
        r"|temporarily (?:unavailable|closed|offline)|under construction"
        r"|(?:网站|站点|系统|平台|本站).{0,4}已?(?:经|被).{0,6}(?:暂停|停止|关闭|停用)"
        r"|(?:网站|站点|系统|平台|本站)(?:自?即日起|现已?|正式)[^。]{0,6}(?:暂停|停止|关闭|终止)(?:服务|运营|访问"
        r"|更新|开放|提供)"
        r"|(?:网站|站点|系统|平台|本站)(?:临时|暂时)(?:关闭|停止|停用)",
    ),
    _block_page(
        "server_error",
        120,
        r"(?:系统|数据库|服务器|程序|运行时?|网站|应用程序)(?:内部|连接|发生|出现)?(?:错误|出错|异常|繁忙"
        r"|故障)(?:提示|页面|信息)?"
        r"|(?:.{0,60}\| ?)?(?:http )?(?:(?:error|错误|状态)[ :：]?)?5\d\d(?![\d\u4e00-\u9fff])\W{0,3}(?:error"
        r"|[a-z ]{0,40}(?:internal|server|gateway|service|unavailable|timed? ?-?out|limit|refused|unreachable"
        r"|down)[\w -]{0,30}|[^。]{0,6}(?:错误|不可用|超时|异常|故障)[^。]{0,6})?|(?:internal )?server error.{0,40}"
        r"|bad gateway|gateway time-?out"
        r"|database error|fatal error|.{0,20}error page|.{0,30}something went wrong.{0,10}|whoops.{0,40}"
        r"|page expired|an? (?:database |application |system )?error (?:has )?occurr?ed"
        r"|error establishing a database connection|(?:.{0,30} )?http ?(?:status|错误|状态) \d{3}.{0,60}"
        r"|.{0,30}exception"
        r"|(?:.{0,20} ?详细)?错误(?:[:：]| - ).{0,40}|.{0,20} [›»>|] ?(?:错误|error)|未将对象引用设置到对象的实例"
        r"|(?:(?:system|application|runtime|unknown|unexpected|network) )?error|\w{0,12} ?error warning|error: .{0,60}"
        r"|系统发生错误|.{0,12}(?:源站|服务器|数据库)(?:连接)?(?:失败|超时|不可达|无响应)",
        r"error establishing a database|SQLSTATE\[|mysqli?(?:_|\s)?(?:server|error|connect)|access denied for user"
        r"|too many connections"
        r"|PDOException|(?:Warning|Fatal error|Parse error|Notice|Deprecated): |Uncaught \w*(?:Exception|Error)"
        r"|OLE DB|ODBC|ADODB|ORA-\d{5}"
        r"|Server Error in '/|Internal Server Error|Bad Gateway|Gateway Time-?out|java\.\w+\.\w+|HTTP Status \d{3}"
        r"|HTTP ?(?:Error|错误|状态) \d{3}|unexpected error|MySQL (?:Query )?Error|SQL syntax"
        r"|(?:could not|unable to) connect to|unhandled exception"
        r"|connection (?:refused|timed out)"
        r"|web ?server (?:is|reported|returned)|(?:服务器|应用程序)中的[^。]{0,4}错误|未经处理的异常"
        r"|(?:VBScript|Database Engine).{0,8}错误"
        r"|something went wrong|an error (?:has )?occurr?ed|error was encountered"
        r"|page you are looking for (?:is|has|was|does|can|could|may|might)"
        r"|(?:currently|temporarily) unavailable|could not be retrieved"
        r"|doctype:.{0,10}db error|Discuz! Database Error|(?:ThinkPHP|Traceback \(most recent)"
        r"|数据库.{0,6}(?:连接|服务器|查询|操作)?.{0,4}(?:失败|出错|错误|异常|超时|不上)"
        r"|(?:连接|打开|访问)(?:到)?(?:数据库|MySQL).{0,6}(?:失败|出错|错误|超时)"
        rf"|{_SITE}[^。,，]{{0,4}}(?:遇到|发生|出现|产生)[^。,，]{{0,8}}(?:错误|故障|异常)"
        rf"|源站[^。,，]{{0,8}}(?:失败|异常|错误|不可达|超时)"
        r"|遇到(?:以下|下面|下列)错误|网络(?:不给力|不佳|已?断开|连接失败)"
        r"|无法连接.{0,4}(?:数据库|服务器)"
        r"|(?:系统|服务器|程序|网络|后台|接口)[^。,，]{0,6}(?:错误|异常|繁忙|出错|开小差|故障|走神)|运行时错误"
        r"|请求超时"
        r"|(?:源站|回源|页面|网络|数据).{0,6}(?:失败|异常|错误)",
    ),
    _block_page(
        "parked",
        120,
        r".{0,40}(?:域名|米表).{0,6}(?:出售|转让|停放|到期|过期|求购|交易|拍卖|抢注).{0,20}"
        r"|.{0,60}(?:is for sale|parked|domain (?:expired|parking)).{0,30}"
        r"|welcome to (?:nginx|tengine|openresty|caddy|iis).{0,10}|.{0,30}(?:default|test|welcome) page.{0,30}"
        r"|IIS\d?(?: windows server)?|it works!?|(?:phpinfo|.{0,10}探针).{0,10}"
        r"|(?:没有找到|未找到)站点|恭喜.{0,20}站点创建成功.{0,20}"
        r"|(?:默认|测试)(?:站点|主页|页面|首页)|(?:主机|空间|网站)(?:已)?(?:到期|过期|欠费|停用)",
        r"域名.{0,12}(?:出售|转让|停放|到期|过期|竞价|拍卖|购买|未绑定|没有绑定|未解析)|(?:购买|求购)(?:该|此|本)?域名"
        r"|domain.{0,20}(?:for sale|parked|expired|parking)|buy this domain|make an offer|available for purchase"
        r"|generated by the domain owner|此域名可"
        r"|(?:主机|空间|网站|服务器|账户).{0,4}(?:到期|过期|欠费|已停用|被停用)"
        r"|welcome to (?:nginx|tengine|openresty)|default (?:web )?(?:page|site)"
        r"|(?:used|intended) to test the proper operation|没有找到(?:对应的)?站点|站点创建成功|this is the default"
        r"|successfully installed|(?:网站|主机|空间)(?:已经?)?(?:成功)?(?:创建|开通)",
    ),
    _block_page(
        "refusal",
        120,
        r"(?:40[135]|451|限制|拒绝|禁止)?.{0,4}(?:forbidden|access denied|restricted access|unauthorized|拒绝访问"
        r"|禁止访问|访问(?:被拒绝|受限|限制|受到限制)|无权(?:限)?访问|没有权限|权限不足|IP受限|地区限制|区域限制)"
        r".{0,20}|年龄(?:确认|验证|限制)|age (?:verification|check|gate)|are you (?:over )?(?:18|21).{0,20}|青少年模式"
        r"|(?:sorry, )?you have been blocked|request (?:rejected|blocked)"
        r"|not available in your (?:country|region)",
        r"(?:您|你)?(?:当前)?所在的?(?:地区|区域|国家|网络|位置|城市).{0,20}(?:无法|不能|禁止|限制|不支持|未开放"
        r"|暂不|没有|不在)"
        r"|(?:仅限|只限|只对|仅对|仅供|只允许|仅支持).{0,16}(?:访问|用户|开放|使用|IP)"
        r"|not available (?:in|from) your"
        r"|(?:IP|(?<!邮件)(?<!邮箱)(?<!电邮)地址).{0,16}(?:禁止|受限|限制|被封|封禁|不在|黑名单|拒绝)"
        r"|access denied|(?:^|error |\d |was |is )forbidden\b|\bforbidden (?:error|access)"
        r"|(?:没有|无|缺少).{0,4}权限.{0,8}(?:访问|查看|浏览)?"
        r"|无权.{0,6}(?:访问|查看|浏览)|(?:拒绝|禁止)(?:了?您的)?访问|访问(?:被拒绝|受限|受到限制)"
        r"|you (?:don't have permission|have been blocked)|request (?:was |has been )?(?:rejected|blocked)"
        r"|policy.{0,20}block|for legal reasons|\brequest (?:was |has been |is )?(?:restricted|denied|refused)"
        r"|(?:your|user agent|access|request)\b[^.]{0,40}\b(?:not (?:allowed|permitted|authorized)|prohibited"
        r"|unauthorized)"
        r"|(?:must be|are you) (?:at least |over )?(?:18|21)\b|18 (?:years )?or older"
        r"|(?:未满|已?满|[仅只]限)[^。]{0,6}(?:18|十八) ?周?岁"
        rf"|{_SUBJECT}[^。]{{0,24}}(?:不可|无法|不能|不支持|不允许|禁止|停止)(?:被)?(?:查看|浏览|访问|展示|预览|显示"
        rf"|阅读|观看)"
        rf"|{_SUBJECT}[^。]{{0,4}}(?:未予|不予)显示|停止访问|青少年模式"
        rf"|正确的(?:入口|域名|地址|方式).{{0,4}}(?:登录|访问|打开)",
    ),
    _block_page(
        "deleted",
        200,
        r"(?:文档|文章|内容|页面|信息|资料)?(?:已被?|被)(?:用户|作者|管理员|上传者)?(?:删除|下架|屏蔽|移除)",
        rf"{_SUBJECT}.{{0,8}}(?:已经?|被|已被?).{{0,12}}(?:删除|下架|屏蔽|移除|撤回)"
        r"|(?:已被?)(?:作者|用户|上传者|管理员)(?:删除|下架)"
        rf"|{_SUBJECT}.{{0,4}}(?:正在|等待|尚未|未通过|待).{{0,4}}审核",
    ),
    _block_page(
        "soft_not_found",
        200,
        r"(?:.{0,60}\| ?)?(?:http )?(?:error )?(?:404|403|410|500|502|error|错误)?\s*[-:：_,，]{0,2}\s*(?:(?:该|此"
        r"|您?访问的)?(?:页面|网页|文档|文章|内容|链接))?"
        r"(?:不存在|(?:未找到|没有找到|找不到)了?(?:该|此|这个)?(?:页面?|文件或目录|文档)?|走丢了|丢失了?|迷路了"
        r"|不见了|消失了|(?:(?:page|site|file|document|article|resource|object) )?not found|404|出错了?)",
        rf"{_SUBJECT}.{{0,10}}(?:不存在|未找到|找不到|没有找到|无法找到|走丢|丢失|失效|审核中)"
        r"|(?:抱歉|对不起|很遗憾)[,，!！]?.{0,12}(?:不存在|未找到|找不到|没有找到|走丢|出错|无法)"
        rf"|(?:该|此|这个)页(?:面)?.{{0,4}}(?:无法显示|不见了)|{_SUBJECT}[^。]{{0,6}}(?:丢失|未审核|没有审核)"
        r"|(?:共)?(?:找到|搜到|查到)(?:了)? ?0 ?[条个篇]"
        r"|(?:requested )?(?:url|page|resource|file|document)\b[^.]{0,60}\bnot (?:be )?found"
        r"|\b404\b.{0,20}(?:not[ _]found|错误|页面)|page not found"
        r"|(?:page|that) can(?:not|['’]?t) be found|nothing was found|^\W*(?:error|错误)?\W*404\W*$"
        r"|the specified key does not exist|^\W*nosuch(?:key|bucket|version)\W*$",
    ),
    _block_page(
        "login",
        60,
        r"(?:用户|会员|账号|帐号|请先|欢迎)?(?:登录|登陆|登入|sign in|log ?in)(?:页面?|中心|注册|/注册)?",
        rf"^(?!.*{_SAYS}).*?(?:"
        r"(?:请|需要?|须|必须)(?:您|你)?(?:先)?(?:登录|登陆).{0,16}|(?:您|你)(?:还|尚)?(?:没有|未)(?:登录|登陆)"
        r"|(?:登录|登陆)(?:后|之后|以后)(?:才能|方可|可|即可|再)?.{0,8}(?:查看|阅读|访问|浏览|继续)"
        r"|请重新登[录陆]|(?:登录|会话).{0,4}(?:过期|超时|失效)|请输入.{0,8}(?:学号|工号|[账帐]号|用户名).{0,4}密码"
        r"|(?:扫码|识别二维码|关注[^。]{0,16}公众号)[^。]{0,24}(?:登录|查看|阅读|获取|继续|解锁))",
    ),
    _block_page(
        "paywall",
        60,
        r"(?:购买|付费|支付|开通)(?:阅读|会员|VIP)?(?:页面|提示)?",
        r"(?:付费|收费|VIP|会员)(?:专享|专属)?(?:文档|内容|文章|资料)"
        r"|(?:购买|付费|支付|续费|开通(?:VIP|会员)).{0,6}(?:后|即可|才能|查看|阅读)"
        r"|(?:积分|余额|下载券|金币|财富值|点数)不足|仅(?:对|限|供).{0,4}会员|会员.{0,4}(?:到期|过期)"
        r"|APP内.{0,4}(?:查看|阅读|打开)",
    ),
    _block_page(
        "message",
        12,
        r"(?!)",
        r"(?:参数|操作|请求|访问|地址|链接|编号|ID|会话|令牌|签名|网络|接口|加载|连接|提交|查询|验证|主题|节点"
        r"|缓存).{0,4}(?:错误|出错|失败|无效|非法|异常|超时|过期|失效)"
        r"|(?:非法|无效|错误)的?(?:访问|操作|请求|参数|文档|链接|地址|ID|编号)"
        r"|(?:暂无|没有|无)(?:相关|任何|更多)?(?:数据|内容|记录|信息|结果|文档|文章|资料)"
        r"|^\W*(?:error|exception|错误)[:：]|^\W*hello,? world\W*$"
        r"|^\W*(?:ok|success|error|fail(?:ed|ure)?|null|undefined|true|false|none)\W*(?:\d+\W*)?$|no input file"
        r"|file not found"
        r"|cannot (?:get|find|connect)|^\s*\{ ?\"\w{1,20}\" ?:.{0,200}\}\s*$"
        r"|^not found|bad request|^invalid |parent directory|^index of /",
    ),
)
