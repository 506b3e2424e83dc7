"""Damage planted into texts, and how much of it is repaired: `make bench-damage`; the last line is JSON.

Every kind is made as its makers make it (research behind cleaners/repairs). Recall is the share of the planted
characters that are gone again, loss the share of the text that went with them. Own sentences by default; files given
as arguments are planted into, too: a line of at least `MIN_LINE` characters in them counts as a paragraph.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from benchmarks import material
from cleaners.clean import clean
from cleaners.model import Page
from cleaners.text.hans import simplify_characters

TEXTS, SEED = 40, 7
MIN_LINE, PARAGRAPHS = 60, 8
TITLE = "关于春季防汛工作的几点意见"

_HAN = re.compile("[一-鿿]")

EMOJI = [
    chr(c)
    for c in (*range(0x1F300, 0x1F3FB), *range(0x1F400, 0x1F650), *range(0x1F680, 0x1F6C0), *range(0x1F910, 0x1F9D0))
]
SIGNS = [
    chr(c)
    for c in (*range(0x1F130, 0x1F149), *range(0x1F030, 0x1F094), *range(0x1F650, 0x1F680), *range(0x1F780, 0x1F7D5))
]
LETTERS = [*"กขคฆงจฉชซญ", *"ッヤユヨワヲ", *"✿✪✭❀✤"]
TONES = [chr(c) for c in range(0x1F3FB, 0x1F400)]
PEOPLE = [*"🙅🤾🏊🏂🤌🫵🦹🕵🧑🤵🚶👨👩🙆🙋💇"]
NARROW = [
    chr(high << 8 | low) for high in range(0x7F, 0x89) for low in range(0x7F, 0x89) if chr(high << 8 | low) >= "羀"
]
COMMON = [bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)]
RARE = [bytes((row, cell)).decode("gb2312") for row in range(0xD8, 0xF8) for cell in range(0xA1, 0xFF)]
ENTITIES = {"“": "&ldquo;", "”": "&rdquo;", "，": "&#65292;", "。": "&#12290;", "、": "&#x3001;", "《": "&amp;#12298;"}
STYLE = 'style="margin:0cm;text-indent:28pt" class="MsoNormal"'


class PlantedDamage(NamedTuple):
    """A damaged text, and what must come out of it; where it `is_flat`, breaks are free."""

    damaged: str
    wanted: str
    is_flat: bool = False


Maker = Callable[[random.Random, list[str]], PlantedDamage]


def filler_page(chance: random.Random, _lines: list[str]) -> PlantedDamage:
    """Write cycles of narrow characters in place of the text, in pieces of 300 characters."""
    cycle = "".join(chance.sample(NARROW, 80) + chance.sample(NARROW, 60))
    whole = (cycle * 9)[: chance.randint(500, 1100)]
    return PlantedDamage(
        "\n".join(f"{n + 1}、{whole[n * 300 : n * 300 + 300]}" for n in range(len(whole) // 300 + 1)), ""
    )


def filler_cycle(chance: random.Random, lines: list[str]) -> PlantedDamage:
    """Write a cycle of other rare characters between two paragraphs."""
    cycle = "".join(chance.sample(RARE, 40))
    return _inserted(lines, (cycle * 9)[: chance.randint(150, 360)])


def filler_draws(chance: random.Random, lines: list[str]) -> PlantedDamage:
    """Glue 32 common characters drawn at random to the head of some paragraphs, as before slides."""
    chosen = set(chance.sample(range(len(lines)), chance.randint(2, 5)))
    drawn = ["".join(chance.choices(COMMON, k=32)) if at in chosen else "" for at in range(len(lines))]
    return PlantedDamage("\n".join(a + b for a, b in zip(drawn, lines, strict=True)), "\n".join(lines))


def glyph_names(chance: random.Random, lines: list[str]) -> PlantedDamage:
    """Write names of glyphs between two paragraphs."""
    names = [f"G{chance.randint(0x21, 0x7F):X}{chance.choice(('', '', ' '))}" for _ in range(chance.randint(60, 200))]
    return _inserted(lines, "".join(names).strip())


def jammers(chance: random.Random, lines: list[str]) -> PlantedDamage:
    """Set Discuz jammers behind and before paragraphs."""
    damaged = [
        f"{line}{_jammer(chance)}" if chance.random() < 0.5 else f"{_jammer(chance).lstrip()}{line}" for line in lines
    ]
    return PlantedDamage("\n".join(damaged), "\n".join(lines))


def symbols_in_words(chance: random.Random, lines: list[str]) -> PlantedDamage:
    """Strew emoji between any two characters."""
    return _strewn(chance, lines, EMOJI, chance.randint(8, 20))


def symbols_before_marks(chance: random.Random, lines: list[str]) -> PlantedDamage:
    """Set people of all colours before marks, as clones of universities' pages do."""
    text = "\n".join(lines)
    places = sorted(
        chance.sample([mark.start() for mark in re.finditer("(?<=[一-鿿])[，。；]", text)], 8), reverse=True
    )
    damaged = text
    for at in places:
        damaged = damaged[:at] + chance.choice(PEOPLE) + chance.choice(TONES) + damaged[at:]
    return PlantedDamage(damaged, text)


def signs_and_letters(chance: random.Random, lines: list[str]) -> PlantedDamage:
    """Strew tiles, framed letters and shapes, or one foreign letter a paragraph."""
    return _strewn(chance, lines, *((SIGNS, 13) if chance.random() < 0.5 else (LETTERS, len(lines))))


def tags(chance: random.Random, lines: list[str]) -> PlantedDamage:
    """Leave the tags of a word processor in the text, as they are or escaped."""
    shapes = (
        f"<p {STYLE}><span lang=EN-US>{{}}<o:p></o:p></span></p>",
        '<div><font face="宋体">{}</font><br/></div>',
        "<p><b>{}</b></p>",
    )
    damaged = "\n".join(chance.choice(shapes).format(line) for line in lines)
    return PlantedDamage(escape(damaged, quote=False) if chance.random() < 0.3 else damaged, "\n".join(lines))


def entities(chance: random.Random, lines: list[str]) -> PlantedDamage:
    """Write marks as entities, and blanks that are none."""
    text = "\n".join(lines)
    damaged = "".join(ENTITIES.get(char, char) if chance.random() < 0.5 else char for char in text)
    return PlantedDamage(damaged.replace("\n", "\n&nbsp;&nbsp;"), text)


def wraps(chance: random.Random, lines: list[str]) -> PlantedDamage:
    """Break every paragraph hard at one width."""
    width = chance.randint(20, 40)
    damaged = [line[at : at + width] for line in lines for at in range(0, len(line), width)]
    return PlantedDamage("\n".join(damaged), "\n".join(lines))


def pieces(_chance: random.Random, lines: list[str]) -> PlantedDamage:
    """Cut the text every 300 characters and number the pieces."""
    flat = "".join(lines)
    return PlantedDamage(
        "\n".join(f"{n + 1}、{flat[n * 300 : n * 300 + 300]}" for n in range(-(-len(flat) // 300))), flat, is_flat=True
    )


def shifted(_chance: random.Random, lines: list[str]) -> PlantedDamage:
    """Glue readings to GBK bytes without seeing where characters begin, as pinyin mirrors do."""
    text = "\n".join(lines)
    old = re.sub(r"\([^()]*\)", "", material.mirror(re.sub(r"[()（）]", "", text)))
    data = old.encode("gbk", "ignore")
    for entry in re.findall(r"\S+", material.PINYIN):
        data = data.replace(entry[0].encode("gbk"), f"{entry[0]}({entry[1:]})".encode("gbk", "ignore"))
    return PlantedDamage(_misread(data), simplify_characters(old))


MAKERS: Mapping[str, Maker] = {
    maker.__name__: maker
    for maker in (
        filler_page, filler_cycle, filler_draws, glyph_names, jammers, symbols_in_words, symbols_before_marks,
        signs_and_letters, tags, entities, wraps, pieces, shifted,
    )
}  # fmt: skip


class RepairScore(NamedTuple):
    """Share of the planted characters that are gone, share of the text that went with them."""

    recall: float
    loss: float


def score(planted: Iterable[PlantedDamage]) -> RepairScore:
    """Clean damaged texts and compare them with what was wanted; blanks do not count, line feeds but in flat texts."""
    harm = left = lost = size = 0
    for damaged, wanted, is_flat in planted:
        document = clean(Page(body=f"{TITLE}\n{damaged}\n", kind="text", title=TITLE))
        harmed, wanted, found = (_fold(text, is_flat=is_flat) for text in (damaged, wanted, document.text))
        harm += len(harmed) - LCSseq.similarity(harmed, wanted)
        same = LCSseq.similarity(found, wanted)
        left, lost, size = left + len(found) - same, lost + len(wanted) - same, size + len(wanted)
    return RepairScore(round(1 - left / harm, 4), round(lost / max(size, 1), 5))


def paragraphs(paths: Iterable[Path], chance: random.Random) -> Iterator[list[str]]:
    """Yield texts of some paragraphs each: of the files, else own ones."""
    lines = [line.strip() for path in paths for line in path.read_text("utf-8").splitlines()]
    lines = [line for line in lines if len(_HAN.findall(line)) >= MIN_LINE]
    for _ in range(TEXTS):
        own = material.wide(material.paragraphs(chance, PARAGRAPHS * 150)).split("\n")
        pool = lines or [line for line in own if len(line) >= MIN_LINE]
        yield chance.sample(pool, min(PARAGRAPHS, len(pool)))


def results(paths: Iterable[Path] = (), count: int = TEXTS) -> dict[str, RepairScore]:
    """Return the score of every kind of damage in `count` texts; the same for the same texts."""
    texts = list(islice(paragraphs(list(paths), random.Random(SEED)), count))
    return {
        name: score(maker(random.Random(f"{SEED} {name} {number}"), list(lines)) for number, lines in enumerate(texts))
        for name, maker in MAKERS.items()
    }


def _fold(text: str, *, is_flat: bool) -> str:
    folded = re.sub(r"[^\S\n]+", "", text.translate(material.FOLD))
    return re.sub(r"\n+", "" if is_flat else "\n", folded).strip()


def _inserted(lines: list[str], damage: str) -> PlantedDamage:
    middle = len(lines) // 2
    return PlantedDamage("\n".join([*lines[:middle], damage, *lines[middle:]]), "\n".join(lines))


def _jammer(chance: random.Random) -> str:
    units = ""
    while len(units) < 3 * chance.randint(5, 15):
        units += f"{chr(chance.randint(32, 59))} {chr(chance.randint(63, 126))}"
    return units


def _strewn(chance: random.Random, lines: list[str], symbols: list[str], count: int) -> PlantedDamage:
    damaged = list(lines)
    for number in range(count):
        at = number % len(damaged)
        place = chance.choice([pair.end() for pair in re.finditer("[一-鿿](?=[一-鿿])", damaged[at])])
        damaged[at] = damaged[at][:place] + chance.choice(symbols) + damaged[at][place:]
    return PlantedDamage("\n".join(damaged), "\n".join(lines))


def _misread(data: bytes) -> str:
    """Read GBK bytes pair by pair from wherever an ASCII character left off."""
    read, at = "", 0
    while at < len(data):
        if data[at] < 0x80:
            read, at = read + chr(data[at]), at + 1
        else:
            read += data[at : at + 2].decode("gbk", "ignore") if data[at + 1 : at + 2] >= b"@" else "?"
            at += 2
    return read


def main() -> None:
    """Print recall and loss by kind of damage; end with one JSON line."""
    options = argparse.ArgumentParser(prog="make bench-damage ARGS=…", description=main.__doc__)
    options.add_argument("files", nargs="*", type=Path, help="UTF-8 texts to plant into, in place of own sentences")
    found = results(options.parse_args().files)
    for name, (recall, loss) in found.items():
        print(f"  {name:<24} recall {recall:.3f}   lost {loss:.5f}")
    print(json.dumps({name: value._asdict() for name, value in found.items()}))


if __name__ == "__main__":
    main()
