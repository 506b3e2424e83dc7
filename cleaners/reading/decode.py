"""Bytes to text for Chinese pages: the bytes themselves say more than header and meta, which both lie."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache, partial

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from cleaners.reading.web_codecs import CESU_8, GBK_EURO, SURROGATES, may_hold_euros

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
SUPERSETS = {"gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs"}
FOREIGN = ("euc_kr", "euc_jp", "shift_jis")
"""Encodings whose text reads as poor Chinese in GBK, and is taken for what it says it is."""

FREQUENT = frozenset(
    "的一是不了在人有我他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如"
    "然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从知使全因想民意正本新老工理部长水外制提现力"
    "化等关第合实业间高动最样重体机加点或气问表路相结己情通些话电门数内立四它手东入平由管教题声很几质物务场果口比今万据保程建员"
    "便级金性任先统系每求美做政党组区各流向打基设社计报变期反展接别条治指权转思论研活共世改究育强解原德已带必式术领量决马难记走"
    "望五空被义干白风让名光花六近九八七百千真亲切何信次件具更北南西书总导回神位深清革收安并连周听该师越且常完往整尽步院节造称克"
    "速达商格土取增则际料备始广失装支严热运群影集易视界根华认满济局元单需注特首科类规划项目服议落措施推抓促确积极贯彻精文明讲稿"
    "范告汇材志众习践创企府委责标坚持善健度产农村城市环境态投资源效率监督检查考核评估培训开况析校孩班课堂验籍阅读青春梦感谢尊敬"
    "爱代言演竞选述职申请协登录档页免费客网站搜索享藏传版键词字编辑浏览击未显示测算构及引融案养防快线利另专优证试依础购调准须序续"
    "這為爲來個們說國時於會後對裡裏過發軍無麼經當與學進種將還見沒從長現關實業間動樣體機點氣問結話電門數內東題聲幾質務場萬據應員級"
    "統黨組區設計報變別條權轉論強帶術領決馬難記義幹風讓親書總導並連聽該師盡節稱達則際備廣裝嚴熱運視華認滿濟單類規劃項議確積極貫徹"
    "講範匯衆眾習踐創責標堅產農環資監檢評訓開況課驗閱讀夢謝愛競選職請協錄檔頁費網傳鍵詞編輯瀏覽擊顯測構養線專優證試礎購調準須續著"
    "，。、：；“”《》（）！？\u3000"
)
"""The characters that some three quarters of an official Chinese text consist of, in both scripts."""

LEVEL_1 = bytes(byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell)).decode(
    "gb2312", "ignore"
)
"""The 3,755 common characters of GB 2312, its first level, in the order of their readings."""

COMMON = FREQUENT | frozenset(
    LEVEL_1
    + bytes(
        byte for row in range(0xA4, 0xC7) for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF)) for byte in (row, cell)
    ).decode("big5", "ignore")
)
"""`FREQUENT` and the first level of GB 2312 and of Big5."""

COST_FREQUENT, COST_COMMON, COST_RARE, COST_BAD = 7.0, 10.0, 16.0, 40.0
"""Minus the logarithm of how likely a character of each kind is in Chinese text; a few undecodable bytes happen."""
GOOD = 8.8
"""A reading of at least `ENOUGH` characters, all but clean, that costs no more than this each is not questioned."""
MIN_TELLING = 16
PRIOR = {"gb18030": 6.0, "utf-16-le": -6.0, "utf-16-be": -8.0}
"""Undeclared bytes are mostly GBK here; the same scale as the costs."""
DECLARED = 8.0
MIN_COMMON_SHARE = 0.9
"""Share of common characters in what HZ encloses, or in the parts of a mixed page: what only looks so has rare ones."""
SAMPLE = 2000
"""Characters outside ASCII that are looked at; evidence beyond them changes no verdict."""

_DECLARATION = re.compile(
    rb"""(?:<meta[^>]{0,400}?\bcharset|<\?xml[^>]{0,200}?\bencoding)\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_PARAMETER = re.compile(r"""\bcharset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_TELLING = re.compile(r"[^\t\n\f\r -~]+")
_ZEROS = bytes(16)
_PADDING = re.compile(rb"(?:\0\0){8,}")
"""`_ZEROS` and more, an even number."""
_PIECE = re.compile(rb"[^<>\n]+")
"""What one template, or one included file, wrote: none of these bytes is part of a character in UTF-8 or GBK."""
HEAD = 4096
"""Bytes at a page's start in which its own declaration is looked for."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text and how it was read.

    `text` can be encoded as UTF-8. `bad` counts what could not be decoded (U+FFFD stands for it) or would not come back
    as the same bytes; when it is 0, `text.encode(encoding)` gives the bytes after a byte order mark (`bom`), but for
    lines in GBK or Big5 on a page in UTF-8.
    """

    text: str
    encoding: str
    bad: int = 0
    bom: bool = False


def decode(body: bytes | str, content_type: str | None = None) -> Decoded:
    """Return the text of `body`; never raises.

    A byte order mark wins, then valid UTF-8; else the encoding that gives the likeliest Chinese text, where the HTTP
    header `content_type` and the page's own declaration weigh about as much as one character.

    >>> decode("范文".encode("gbk"), "text/html; charset=utf-8")
    Decoded(text='范文', encoding='gb18030', bad=0, bom=False)
    """
    if isinstance(body, str):
        try:
            body.encode("utf-16-le")  # finds surrogates in a fifth of the time of UTF-8
        except UnicodeEncodeError:
            text, bad = _SURROGATE.subn("\ufffd", body)
            return Decoded(text, "utf-8", bad)
        return Decoded(body, "utf-8")
    return _decoded(body, content_type)


def unpadded(body: bytes) -> bytes:
    """Return `body` without the zeros that a crash or a program that sets room aside leaves: no text has so many."""
    return _PADDING.sub(b"", body) if _ZEROS in body else body  # found in a hundredth of the time


@lru_cache(maxsize=1)  # a crawl reads a page for its links, for what it says of itself and to clean it
def _decoded(body: bytes, content_type: str | None) -> Decoded:
    mark, encoding = next(((mark, name) for mark, name in BOMS if body.startswith(mark)), (b"", ""))
    body = body[len(mark) :]
    if not encoding and len(told := unpadded(body)) < len(body):
        reading = _decoded(told, content_type)
        if _read(told, reading.encoding, reading.bom).text == reading.text:  # else it is of several encodings
            return _read(body, reading.encoding, reading.bom)
    if encoding not in ("", "utf-8"):
        return _read(body, encoding, bom=True)
    plain = _read(body, "utf-8", bool(mark))
    if not plain.bad and (mark or "\0" not in plain.text):
        return _hz(body) or plain
    if SURROGATES.search(body) and (paired := _read(body, CESU_8, plain.bom)).bad < plain.bad:
        if not paired.bad:
            return paired
        plain = paired
    return _mixed(body, plain) or _likeliest(body, plain, declared(body, content_type))


def _mixed(body: bytes, plain: Decoded) -> Decoded | None:
    """Read a page in UTF-8 with pieces in GBK or Big5, as an included footer; None where too little of it is UTF-8."""
    own, others = list[bytes](), list[bytes]()
    for piece in _PIECE.findall(body):
        (own if _is_utf8(piece) else others).append(piece)
    main = "".join(_TELLING.findall(unpadded(b"\n".join(own)).decode()))
    if len(main) < max(MIN_TELLING, len(plain.text) // 4) or not _is_common(main):
        return None
    for encoding in ("gb18030", "big5hkscs"):
        try:
            told = "".join(_TELLING.findall(b"\n".join(others).decode(encoding)))
        except UnicodeDecodeError:
            continue
        if len(told) <= len(main) and _is_common(told):
            return Decoded(_PIECE.sub(partial(_as_utf8, encoding), body).decode(), "utf-8", bom=plain.bom)
    return None


def _as_utf8(encoding: str, piece: re.Match[bytes]) -> bytes:
    return piece[0] if _is_utf8(piece[0]) else piece[0].decode(encoding).encode()


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_common(told: str) -> bool:
    return sum(map(COMMON.__contains__, told)) >= MIN_COMMON_SHARE * len(told)


def _read(body: bytes, encoding: str, bom: bool) -> Decoded:
    """Read `body` in one encoding, with U+FFFD for what cannot be read and a count of it."""
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        text = body.decode(encoding, "replace")
        own = "\ufffd".encode(encoding, "ignore")
        return Decoded(text, encoding, max(1, text.count("\ufffd") - (body.count(own) if own else 0)), bom)
    again = body if encoding == "utf-8" else text.encode(encoding)
    if again == body:
        return Decoded(text, encoding, 0, bom)
    changed = sum(map(int.__ne__, again, body)) + abs(len(again) - len(body))  # Big5 has some characters twice
    return Decoded(text, encoding, max(1, changed // 2), bom)


def _read_gbk(body: bytes, bom: bool) -> Decoded:
    """Read `body` as GB 18030, or with the euro sign at 0x80 where that explains what could not be read."""
    reading = _read(body, "gb18030", bom)
    if may_hold_euros(body, reading.bad) and (euros := _read(body, GBK_EURO, bom)).bad <= reading.bad:
        return euros
    return reading


def _hz(body: bytes) -> Decoded | None:
    """Read a text in ASCII as HZ (RFC 1843) if all that its `~{` and `~}` enclose is common Chinese."""
    if not body.isascii() or b"~{" not in body or b"~}" not in body:
        return None
    reading = _read(body, "hz", bom=False)
    told = "".join(char for char in reading.text if char > "~")
    return reading if told and _is_common(told) and "\ufffd" not in reading.text else None


def declared(body: bytes, content_type: str | None) -> set[str]:
    """Return the codecs that header and page name, those that are known."""
    names = [match[1].decode("ascii", "ignore") for match in _DECLARATION.finditer(body, 0, HEAD)]
    names += _PARAMETER.findall(content_type or "")
    return set(map(_codec, names)) - {""}


def _codec(label: str | None) -> str:
    """Return Python's codec for a label of the web, empty for labels that stand for no text encoding."""
    name = map_encoding_to_html5(label, fallback_utf8=False) if label else None
    return SUPERSETS.get(name or "", name or "")


def _likeliest(body: bytes, plain: Decoded, declared: set[str]) -> Decoded:
    """Read `body` in every encoding that may be meant, and return the reading that costs least."""
    if _is_good(plain):
        return plain
    first = _read_gbk(body, plain.bom)
    if _is_good(first):
        return first
    foreign = [reading for name in FOREIGN if name in declared and not (reading := _read(body, name, plain.bom)).bad]
    if foreign:
        return foreign[0]
    names = {"big5hkscs", "utf-16-le", "utf-16-be", _codec(detect_encoding(body))} - {"", "gb18030", "utf-8"}
    readings = [plain, first, *(_read(body, name, plain.bom) for name in sorted(names))]
    return min(readings, key=lambda reading: _cost(reading, declared))


def _is_good(reading: Decoded) -> bool:
    sample = _sample(reading.text)
    few = reading.bad * 100 <= len(reading.text)
    return few and len(sample) >= MIN_TELLING and _weight(sample) <= GOOD * len(sample)


def _cost(reading: Decoded, declared: set[str]) -> float:
    """Return how unlikely a reading is, judged by as many bytes as its sample fills or `SAMPLE`."""
    sample = _sample(reading.text)
    size = len(sample.encode(reading.encoding, "replace")) or 1
    name = "gb18030" if reading.encoding == GBK_EURO else reading.encoding
    prior = PRIOR.get(name, 0.0) + DECLARED * (name in declared)
    return _weight(sample) / size * min(size, SAMPLE) - prior


def _sample(text: str) -> str:
    pieces: list[str] = []
    room = SAMPLE
    for match in _TELLING.finditer(text):
        pieces.append(match[0][:room])
        room -= len(pieces[-1])
        if not room:
            break
    return "".join(pieces)


def _weight(sample: str) -> float:
    frequent = sum(map(FREQUENT.__contains__, sample))
    common = sum(map(COMMON.__contains__, sample)) - frequent
    bad = sample.count("\ufffd")
    rare = len(sample) - frequent - common - bad
    return frequent * COST_FREQUENT + common * COST_COMMON + rare * COST_RARE + bad * COST_BAD
