"""A host's `/ai.txt`: which of its media it keeps from training sets (Spawning, 2023), in the grammar of robots.txt.

Its rules name media by the ending of a file, since its generator asks for text, images, audio, video and code:
`Disallow: *.txt` closes all texts, `Disallow: *.jpg` no text, `Disallow: /` everything. A page that a crawl takes is a
text, whatever its address ends with. So a rule fits a page when it fits its path, or its path with an ending of texts
behind it; the longest one decides, of two as long the closing. Two other proposals have the same name: Markdown for
assistants and a list of policies; they have no groups of rules, and say nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from crawler.downloader.robotstxt import RobotsTxt, target

PATH = "/ai.txt"
REASON = "ai.txt"
_TEXT_ENDINGS = ("", ".txt", ".html")
"""Endings that stand for text: the address as it is, and what the generator's switch for texts writes."""


@dataclass(frozen=True, slots=True)
class AiTxt:
    """The rules of the file for this crawler, or for all where it is not named."""

    rules: RobotsTxt

    @classmethod
    def read(cls, body: bytes) -> Self:
        r"""Read the file; what holds no such rules says nothing.

        >>> AiTxt.read(b"User-Agent: *\nDisallow: *.txt").cover("https://a.example/doc/1")
        True
        """
        return cls(RobotsTxt.read(body))

    def cover(self, url: str) -> bool:
        """Whether the text at `url` is kept from training sets."""
        path, _, query = target(url).partition("?")
        names = [f"{path}{ending}{'?' if query else ''}{query}" for ending in _TEXT_ENDINGS]
        names += [f"{path}{ending}" for ending in _TEXT_ENDINGS]
        fitting = [(rule.length, not rule.allow) for rule in self.rules.rules if any(map(rule.matches, names))]
        return bool(fitting) and max(fitting)[1]
