"""Pages that stand in the place of documents, by kind, and documents that look like them: all in words of our own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

NAV = "<a href='/'>首页</a> <a href='/list'>分类</a> <a href='/login'>登录</a> <a href='/reg'>注册</a>"


def html(title: str, *lines: str, head: str = "", nav: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>{title}</title>{head}</head><body>{nav}{body}</body></html>"


BLOCK_PAGES: dict[str, list[str]] = {
    "maintenance": [
        html("系统维护中", "网站正在升级维护，请稍后访问。", "给您带来的不便，敬请谅解！"),
        html(
            "示范文库", "尊敬的用户：", "为了给您更好的服务，本站正在进行数据迁移，暂时无法访问，请稍后再来。", nav=NAV
        ),
        html("网站建设中", "网站建设中，敬请期待", "技术支持：某某网络"),
        html("Site under maintenance", "We are performing scheduled maintenance. Please try again later."),
        html("示范文库", "<h1>站点已暂停服务</h1>", "本网站因业务调整暂停服务，如有疑问请联系管理员。"),
        html("503 Service Unavailable", "<h1>Service Unavailable</h1>", "The server is temporarily unavailable."),
        html("通知", "为深入推进网络整治，本站即日起停止服务，感谢大家多年来的陪伴"),
        html("维护", "<h1>因定期计划维护暂不可用，请过一分钟再来。</h1>"),
        html(
            "Back soon", "We\u2019re performing some maintenance at the moment. Sorry, we will be back online shortly!"
        ),
    ],
    "server_error": [
        html(
            "Runtime Error",
            "Server Error in '/' Application.",
            "Description: An application error occurred.",
            "The current custom error settings keep the details of it from being viewed from another machine.",
        ),
        html(
            "Tomcat", "HTTP状态 404 - 未找到", "类型 状态报告", "描述 源服务器未能找到目标资源的表示，或者不愿公开它。"
        ),
        html("数据库错误", "数据库连接失败，请联系管理员。", "错误代码：1040"),
        html(
            "示范文库",
            "Warning: mysql_connect(): Too many connections in /www/inc/db.php on line 12",
            "无法连接数据库服务器",
        ),
        html("Error", "Microsoft OLE DB Provider for ODBC Drivers 错误 '80004005'", "/inc/conn.asp，行 12"),
        html("500 - 内部服务器错误。", "服务器错误", "您查找的资源存在问题，因而无法显示。"),
        html("系统发生错误", "系统发生错误", "#0 /www/index.php(20): App->run()", "#1 {main}"),
        html("Database Error", "Error establishing a database connection"),
        html("示范文库", "系统繁忙，请稍后再试", "请求超时，点击刷新", nav=NAV),
        html("HTTP Status 500", "java.lang.NullPointerException", "at com.demo.Doc.show(Doc.java:88)"),
        html("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.20.1</center>"),
        html(
            "Error",
            "An error occurred.",
            "Sorry, the page you are looking for is currently unavailable.",
            "If you are the administrator of this resource then you should look into the error log for the details.",
        ),
        html(
            "HTTP状态 404 - 未找到", "描述 源服务器未能找到目标资源的表示或者不愿公开一个已经存在的表示。", "Tomcat/9.0"
        ),
        "<b>Fatal error</b>: Uncaught Error: Call to a member function rows() on bool in /www/inc/db.php:52 "
        "Stack trace: #0 /www/view.php(18): rows() #1 {main} thrown in <b>/www/inc/db.php</b> on line <b>52</b><br>",
        html(
            "未将对象引用设置到对象的实例。",
            "“/”应用程序中的服务器错误。",
            "说明: 执行当前 Web 请求期间，出现未经处理的异常。",
            "异常详细信息: System.NullReferenceException: 未将对象引用设置到对象的实例。",
            "Demo.View.Page_Load(Object sender, EventArgs e) +89",
        ),
        html(
            "a.example | 522: Connection timed out",
            "The connection between the edge and the origin web server timed out.",
            "If you're a visitor of this site: please try again in a few minutes.",
            "An Error 522 means that the request was able to connect to your server, but did not finish.",
        ),
        html("Demo Error Warning!", "错误警告：连接数据库失败，可能数据库密码不对或数据库服务器出错！"),
        html(
            "ERROR: The requested URL could not be retrieved",
            "The following error was encountered:",
            "Access control configuration prevents your request from being allowed at this time.",
        ),
    ],
    "parked": [
        html(
            "Web Server Default Page: It works",
            "It works!",
            "This is the default welcome page that shows whether the server runs after it was installed.",
        ),
        html("demo.example 域名出售", "您正在访问的域名可以转让！", "购买该域名请联系：邮箱 a@demo.example"),
        html("demo.example is for sale", "This domain is for sale. Make an offer today."),
        html(
            "Welcome to nginx!",
            "<h1>Welcome to nginx!</h1>",
            "If you see this page, the nginx web server is successfully installed.",
        ),
        html(
            "没有找到站点",
            "您的请求在Web服务器中没有找到对应的站点！",
            "可能原因：",
            "您没有将此域名绑定到对应站点",
            "请联系管理员",
        ),
        html("恭喜，站点创建成功！", "恭喜, 站点创建成功！", "这是默认index.html，本页面由系统自动生成"),
        html("空间到期", "该空间已到期，请联系空间商续费。"),
        html(
            "域名已过期",
            "域名 a.example 已于2023年5月1日过期，网站无法正常访问。",
            "如果您是域名所有者，请登录控制台续费。",
            "该域名将进入赎回期，请您尽快处理。",
        ),
        html("a.example", "<h1>a.example</h1>", "The domain may be available for purchase. Inquire today."),
    ],
    "unregistered": [
        html("网站未备案", "您访问的网站尚未备案，暂时无法访问。", "如有疑问请联系网站管理员。"),
        html("备案提示", "该域名未完成ICP备案，根据《互联网信息服务管理办法》等规定，网站暂时无法访问。"),
        html("温馨提示", "抱歉，本站点备案信息已被注销，请联系接入服务商。"),
        html("网站暂时无法访问", "该网站未根据工信部相关法律规定进行备案，无法访问。"),
    ],
    "refusal": [
        html("403 Forbidden", "<h1>403 Forbidden</h1>", "<hr>nginx"),
        html("访问受限", "很抱歉，您所在的地区无法访问本站。"),
        html("Access Denied", "You don't have permission to access this page.", "Request ID: 8a2f"),
        html("提示", "该资源仅限校园网内访问，您的IP不在允许范围。", nav=NAV),
        html("禁止访问", "您的IP地址已被封禁，如有疑问请联系客服。"),
        html("年龄确认", "本站内容仅限十八周岁以上的成年人浏览", "我已满18岁，进入"),
        html("青少年模式", "当前处于青少年模式，该内容不可查看", "关闭青少年模式"),
        html("提示", "此内容因被投诉且经审核违反相关规定，无法查看"),
        html("网页包含违规内容", "网页包含违规内容，被多人投诉，为维护绿色上网环境，已停止访问。"),
        html("入口校验失败", "请使用正确的入口登录面板", "错误原因：当前已经开启了安全入口"),
        html(
            "403 Forbidden",
            "You don't have permission to access the URL on this server. Sorry for the inconvenience.",
            "Please report this message and include the following information to us.",
        ),
    ],
    "rate_limit": [
        html("空间不足", "本站流量已超出当月限额，网站将在下月一日恢复访问。"),
        html("访问频繁", "您的访问过于频繁，请稍后再试。"),
        html("429 Too Many Requests", "Too many requests, please try again later."),
        html("示范文库", "今日浏览次数已达上限，请明天再来。", nav=NAV),
        html("提示信息", "当前访问人数过多，正在排队，请稍候…"),
        html("示范文库", "您的操作过快，请休息一下再试。", "返回首页"),
        html("排队等候", "当前访问用户较多，您前面还有 128 人，预计等待 3 分钟", "请不要关闭或刷新本页面"),
    ],
    "challenge": [
        html("请稍候…", "正在检查您的浏览器，请稍候。"),
        html("示范文库", "请开启JavaScript并刷新该页。"),
        html("", "<noscript>x</noscript>", head="<script>var a='__jsl_clearance';eval(a)</script>"),
        html("Just a moment...", "Enable JavaScript and cookies to continue"),
        html("提示", "您的浏览器版本过低，请升级浏览器后访问。"),
        html("提示", "请在微信客户端打开链接"),
        html("示范文库", "加载中..."),
        html(
            "网站防火墙",
            "您的请求带有不合法参数，已被网站管理员设置拦截！",
            "如何解决：",
            "1）检查提交的内容；",
            "2）普通访客，请联系网站管理员；",
        ),
        html("某某云防护", "当前网址被某某盾拦截", "管理员已开启防护，您的访问行为可能对网站造成威胁", "请求ID：ab-12"),
        html(
            "安全加速", "您的请求已被该站点的安全策略拦截。", "请将以下信息提供给站点管理员：", "Client IP: 192.0.2.1"
        ),
        html("某某WAF", "您的请求疑似攻击行为！", "事件ID：1a2b"),
        html("某某云", "很抱歉，您的访问触发了访问控制规则", "错误码：40310015"),
        html("提示", "检测到您可能是爬虫程序，访问已被限制。如为误判，请联系客服解除"),
        html("访问提示", "您访问的网页属于禁止类别，已被上网行为管理系统阻断", "策略：办公时间"),
        html("示范文库", "您的浏览器禁用了脚本，请打开后重试。"),
        html(
            "Attention Required!",
            "Sorry, you have been blocked",
            "Why have I been blocked? This website is using a service to protect itself from online attacks.",
        ),
    ],
    "captcha": [
        html("安全验证", "请输入验证码继续访问"),
        html("示范文库", "请拖动下方滑块完成验证"),
        html("人机验证", "请确认您不是机器人"),
    ],
    "login": [
        html("", "请先关注公众号“示范资料库”，回复关键词后解锁全文。"),
        html("用户登录", "请先登录后查看"),
        html("示范文库", "您还没有登录，请登录后继续访问", nav=NAV),
        html("上网认证中", "欢迎使用校园无线网络，请输入学号和密码进行认证", "记住密码"),
    ],
    "message": [
        html("示范文库", "该用户已注销，其文档不再展示", nav=NAV),
        html("示范文库", "分享的文件已经被取消了", nav=NAV),
        html("Account", "This account has been suspended."),
        html("{{title}}", "{{ doc.title }}", "{{ doc.content }}"),
        html("", "Hello World!"),
    ],
    "paywall": [html("示范文库", "本文为付费文档，购买后即可阅读全文", nav=NAV)],
    "deleted": [
        html("提示", "该文档已被上传者删除"),
        html("示范文库", "您访问的文档因违反规定已被管理员下架", nav=NAV),
    ],
    "soft_not_found": [
        html(
            "Site Not Found",
            "There isn't a site here.",
            "If you're trying to publish one, read the documentation to learn how to set it up.",
        ),
        html("Oops", "Oops! That page can’t be found.", "It looks like nothing was found at this location."),
        html("404 页面不存在 - 示范文库", "抱歉，您访问的页面不存在", "5秒后返回首页"),
        html("示范文库", "对不起，没有找到您要的文档", nav=NAV),
        html("Page Not Found", "The page you requested is gone."),
        html(
            "404 - 找不到文件或目录。",
            "<h1>找不到该页</h1>",
            "您正在搜索的页面可能已经删除、更名或暂时不可用。",
            "请尝试以下操作：",
            "如果是从别处来到这一页的，请与网站管理员联系，告诉他们该链接不正确。",
            "请确保地址栏里的拼写无误。",
            "网址的大小写可能也有关系，这要看服务器的设置。",
            "HTTP 错误 404 - 文件或目录未找到。",
        ),
        html("页面迷路了", "<h1>404</h1>", "小二翻遍了书架，也没找到您要的那本书，换个地方逛逛吧"),
        html("", "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>"),
        html("", "NoSuchKey"),
        html("论坛的流程", "论坛的流程", "NoSuchKey"),
    ],
    "forward": [
        html("跳转", "页面跳转中", head="<meta http-equiv=refresh content='0;url=/d/3.html'>"),
        html("示范文库", "正在跳转，如果没有自动跳转，请点击这里。"),
        html("Object moved", "<h1>Object Moved</h1>This document may be found <a href='/d/3'>here</a>"),
        "<html><head><title>一篇讲话</title></head><frameset><frame src='/d/3.html'></frameset></html>",
        html("示范文库", "本站已更换新网址，请点击进入", head="<script>location.href='/new'</script>"),
    ],
}

SUBJECTS = {
    "服务器维护管理制度": "机房服务器每月维护一次，由信息科负责实施。维护期间暂停服务的，应当提前三天通知各科室。",
    "关于系统升级维护的通知": "为提升办公效率，我局将于六月一日晚对办公系统进行升级维护。升级期间系统暂停访问，请各单位合理安排工作。",
    "数据库连接失败的处理方法": "数据库连接失败时，先检查网络是否通畅，再核对账号和密码。仍然无法连接数据库的，应当查看错误日志。",
    "网站备案工作总结": "今年以来，我们对全县所有网站的备案情况进行了清查。未备案的网站已经全部通知整改，备案信息不一致的也作了更正。",
    "域名转让协议书": "甲方将其所有的域名转让给乙方，转让费用由乙方一次付清。域名到期之前的续费由甲方承担。",
    "访问频繁问题的分析报告": "近期学生反映选课系统访问过于频繁时会提示请稍后再试。经分析，主要原因是并发人数过多而线路带宽不足。",
    "错误": "人总是在错误中成长起来的，孩子也不例外。面对错误，父母的态度比方法更加重要。",
    "登录": "老人第一次学会登录手机银行的那天，高兴得像个孩子。他把每一个步骤都认真地记在了小本子上。",
    "安全检查": "节前各车间要对用电线路进行一次安全检查。检查中发现的问题，由班组长负责当天整改到位。",
    "验证码": "验证码是用来区分人和机器的一种办法，它的历史并不长。请输入验证码这句话，如今几乎人人都见过。",
    "区域访问限制的实现": "部分资源仅限校园网内访问，这是由图书馆的采购合同决定的。校外读者可以先登录统一认证平台再进行阅读。",
    "跳转": "运动员在空中完成两周跳转之后稳稳落地，全场掌声雷动。教练说，这个动作她练了整整三年。",
    "文件已被删除怎么恢复": "文件被误删之后，不要再往这块硬盘里写入任何数据。可以先用恢复软件扫描，再把找到的文件另存到别处。",
    "网站建设方案": "网站建设中要坚持统一规划、分步实施的原则。栏目设置要方便群众办事，内容更新要责任到人。",
    "付费会员服务协议": "本协议自双方签字之日起生效，有效期为一年。会员服务费由乙方按季度支付，逾期按日加收滞纳金。",
    "Internal Server Error": "When the server shows an internal server error, read the log first and look for the last line written before the fault.",
    "请稍候": "请稍候这三个字，她在窗口后面说了二十年。退休那天，她第一次坐到窗口外面，等别人对她说这句话。",
    "关于暂停服务的公告": "因办公楼水电改造，政务服务大厅定于八月三日至五日暂停服务。急需办理的事项，可以到各镇便民服务站办理。",
    "404": "飞机四〇四航班的事故调查报告在半年之后公布，结论是机械故障。报告建议所有同型号飞机提前检修。",
    "禁止访问": "古墓在发掘期间禁止访问，游客只能在百米之外远远地看上一眼。考古队员说，明年春天这里会建起一座小小的展馆。",
    "网站防火墙的部署与管理": "防火墙部署在核心交换机之前，所有请求都要经过它检查。疑似攻击的请求会被拦截，并在日志里留下时间和来源。",
    "请求被拦截的原因分析": "部分请求带有不合法参数，被安全设备拦截。可能原因是表单没有校验，提交的内容里有特殊字符。",
    "爬虫入门教程": "网站检测到爬虫程序时会限制访问，所以要控制频率。第一次写爬虫的同学，先读一读网站的声明。",
    "排队": "超市开门前，门口已经排起了长队。我前面还有二十个人，大家都在等那批便宜的鸡蛋。",
    "青少年模式的作用": "青少年模式限制了使用的时长，也过滤了不合适的内容。家长可以在设置里打开它，密码由家长保管。",
    "被投诉以后": "小店因为一次送错货被投诉了，老板一连几天睡不好觉。后来他登门道歉，那位客人成了常客。",
    "本站即日起停止供水": "因管道改造，本站即日起停止供水三天。请各村提前储备生活用水，供水恢复时间另行通知。",
    "版权投诉的处理流程": "接到投诉后，先核实权利证明，再通知上传者。三个工作日没有答复的，下架该内容并记录在案。",
    "审核中的几个问题": "审核中发现，部分票据没有经手人签字。被审计单位已经按照要求补齐手续。",
    "会员制图书馆": "这座图书馆实行会员制，非会员只能在大厅里阅读。每年交一百元会费，就能把书借回家。",
    "域名绑定教程": "先在控制台里添加域名，再把解析指向主机的地址。绑定没有生效的，等十分钟再刷新一次。",
    "迷路": "我在山里迷路了，天色一点点暗下来。远处传来狗叫的声音，我便朝着那边一直走。",
    "错误代码的含义": "机器显示错误代码的时候，先停机再查手册。错误代码以字母开头的，一般是传感器的故障。",
    "打开APP领取补贴的通知": "符合条件的农户可以打开手机客户端申请补贴。不会使用的老人，由村干部上门代办。",
    "停止访问的日子": "医院停止探视访问的那些日子，护士替家属读信。老人听完，把信纸叠好放在枕头底下。",
    "封禁": "河道封禁期间，渔民上岸学起了手艺。有人编竹器，有人种菌子，日子慢慢又有了盼头。",
    "服务器机房应急预案": "机房发生断电时，值班人员先启动备用电源。无法恢复的，按照顺序关闭服务器并报告分管领导。",
    "您访问的博物馆": "您访问的博物馆每周一闭馆，参观请避开这一天。讲解员上午十点和下午三点各讲一场。",
    "访问控制策略": "访问控制策略由安全员制定，每半年检查一次。触发规则的操作要有记录，记录保存一年以上。",
    "客服手册": "客户说页面打不开的时候，先请他刷新一次。仍然打不开的，记下错误提示再转给技术人员。",
}
"""Titles and texts of documents that speak of such things."""
FRAMES = [
    lambda title, text: html(title, f"<h1>{title}</h1>", *text.replace("。", "。\n").split("\n")),
    lambda title, text: html(f"{title}_示范文库", text, "系统繁忙请稍后再试", nav=NAV),
    lambda title, text: html(f"{title} - 示范文库", f"<h1>{title}</h1>", text, "请先登录后查看更多", nav=NAV),
    lambda title, text: html(
        title, text, head="<script src=/captcha.js></script><script>document.cookie='a=1'</script>"
    ),
    lambda title, text: html(title, text, "加载中...", nav=f"{NAV}<form><input type=password></form>"),
]
STARTS = ["", "摘要：本文结合实际谈一点体会，供大家参考。"]


def lookalikes() -> Iterator[tuple[str, str, str]]:
    """Yield the page, title and first sentence of 400 documents that look like block pages."""
    for (title, text), frame, start in product(SUBJECTS.items(), FRAMES, STARTS):
        yield frame(title, start + text), title, text.split("。")[0]
