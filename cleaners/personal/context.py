"""What stands beside a long number and says what it is: a word, a unit, a sign of reckoning, a file's ending."""

from __future__ import annotations

import re

_WINDOW = 16  # characters before a number in which a word says what it is
_LABEL = re.compile(
    r"(?P<identity>身份证?(?:编号)?|证件(?:编?号)?|居民)|(?P<mobile>电话|手机|联系|热线|微信|致电|拨打|tel|phone|mob|wechat|weixin|wx|vx)"
    r"|(?P<card>卡号|银行卡|[账帐][号户]|信用卡|储蓄卡|借记卡|card)"
    r"|(?P<other>编[号码]|序号|单号|合同号|协议号|订单|流水|凭证|文号|批[号次]|发票|票号|条形?码|书号|刊号|注册[号码]|登记号|许可证|执照"
    r"|备案号|案号|信用代码|机构代码|税号|识别[号码]|序列号|学号|学籍|工号|档案号|图号|型号|货号|代码|证书|准考证|no\b|№|ISBN|ISSN"
    r"|版本|构建|样本号|回执|坐标|[经纬]度|时间戳|校验[码值]|特征码|激活码|邀请码|验证码|密码|哈希|build|version|ver\b|rev\b|md5|doi|pmid"
    r"|[期卷馆箱柜桩户表房架告理院诊历件备身员考取地递照牌位料品盒罐炉井站车船]号(?!码))"
    r"|(?P<amount>金额|[总数余差价税限]额|[总单均造标市报原售现]价|价[格款值]|人民币|[合总共累]计|面积|体积|产[量值]|[销总数质重]量|投资|资[产金]"
    r"|负债|利润|收入|支出|预算|决算|存款|贷款|结果|答案|得数|之[和差积商])",
    re.IGNORECASE,
)
_APART = re.compile(r"[,;。、!?]|.{5}")  # what may not stand between a word for another kind of number and the number
_LINK = re.compile(
    r"[ :=]*(?:[为是达有约共计至]|大约|将近|达到|共计|等于)?[ :=]*"
)  # all that may stand behind an amount's name
_BREAK = re.compile(r"[0-9\n]|[号箱]\]")  # other numbers, masked ones too, and other lines

_MONEY = "$¢£¤¥\u058f\u060b\u09f2\u09f3\u0e3f\u17db\u20a0-\u20c0\ufdfc\uffe0\uffe1\uffe5\uffe6"
_BEFORE = re.compile(
    rf"(?<![0-9]{{3}}(?=[Xx]))[A-Za-z][-_]?\Z|[{_MONEY}] ?\Z|(?:RMB|CNY|USD|EUR|GBP|JPY|HKD) ?\Z"
    r"|[=≈≠≤≥±×÷∑√∞] ?['\"]?\Z|第 ?\Z"
)  # an X may end an identity number
_NUMBERED = re.compile(r"[\])] ?\Z")  # and 号 behind the number: 〔2024〕1号

_UNITS = (
    r"(?:[美欧港日澳加新韩]元|[日韩]圆|[港台澳]币|新台币|人民币|美金|英镑|卢[布比]|法郎|马克|泰铢|比索|里拉|兰特|克朗|林吉特|越南盾|第纳尔|里亚尔"
    r"|迪拉姆|块钱|公[里斤顷升吨尺]|千[克瓦米卡焦帕伏]|平方|立方|[毫厘分微纳]米|毫[升克]|人次|字节|比特|度电|光年|海里|英[里亩尺寸]|加仑|摄氏度"
    r"|赫兹|小时|分钟|元(?![旦宵月年春])|股(?![东长民权份市金票])|吨|亩|桶(?!装))"
)
_COUNTS = (
    "元股吨亩人个件条台只头份册张辆艘枚年秒天次度克升户项倍米斤字粒颗株帕焦瓦伏安卡票位名段页集尺寸里箱袋双套根块匹"
)
"""Counting words of one character: many begin other words, so they count only where the clause ends behind them."""
_TITLES = "先生|女士|小姐|老师|同志|经理|主任|书记|校长|院长|局长|科长|处长|会长|秘书|医生|教授|师傅|律师"
_PERSON = rf"(?:某|[一-鿿]{{0,2}}(?:{_TITLES}))"
_END = r"(?=[,.;:。、!?)\]」』”\"'/\n 的左以之]|\Z)"
_SYMBOLS = r"(?:[kMGT](?:Wh?|Hz|Pa|B|J|V)|[kcmn]m[²³]?|[km]g|mL|bytes|bits)(?![A-Za-z])"
_RECKONED = r"[+*] ?[0-9]{1,6}(?![0-9])|[读写]作|四舍五入|改写成|精确到|约等于|[乘除]以|减去"
_AFTER = re.compile(
    rf" ?{_SYMBOLS}|{_RECKONED}| ?[%‰℃°=≈≠≤≥×÷^]"
    rf"| ?(?!.?{_PERSON})(?:[百千万亿]{{0,2}}{_UNITS}|[百千万亿]{{1,2}}(?:[{_COUNTS}余多]|{_END}))"
    rf"|[{_COUNTS}]{_END}"
    r"|(?!(?i:tel|phone|mob|qq|wx|e-?mail))[A-Za-z]|\.(?!(?i:e?mail|tel|fax|qq|wx|mob))[A-Za-z][A-Za-z0-9]{1,4}(?![A-Za-z0-9])"
)


def label(seen: str, start: int) -> str | None:
    """Return what the last word before a number says it is: identity, mobile, card, or other (amounts too).

    Words behind other digits or on another line do not count.
    """
    window = _BREAK.split(seen[max(0, start - _WINDOW) : start])[-1]
    said = list(_LABEL.finditer(window))
    if not said:
        return None
    kind = said[-1].lastgroup
    if kind == "amount":
        return "other" if _LINK.fullmatch(window, said[-1].end()) else None
    if kind == "other" and _APART.search(window, said[-1].end()):
        return None
    return kind


def is_ordinary(seen: str, start: int, end: int, own: str) -> bool:
    """Say whether what stands beside a number makes it a sum, a quantity, part of a name, or a number of another kind.

    `own` is the label of the kind that it is taken for: behind it the number is what the label says.
    """
    said = label(seen, start)
    if said == own:
        return False
    before, after = seen[max(0, start - 4) : start], seen[end : end + 12]
    numbered = after[:1] == "号" and _NUMBERED.search(before)
    return bool(said == "other" or numbered or _BEFORE.search(before) or _AFTER.match(after))
