"""What the markup of a page says of each line, for those who judge lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Region(Enum):
    """The part of a page that a line stands in, as its elements say (not their class names)."""

    BODY = "body"
    MAIN = "main"
    HEADER = "header"
    NAV = "nav"
    ASIDE = "aside"
    FOOTER = "footer"
    FORM = "form"
    DIALOG = "dialog"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMarkup:
    """What the markup says of one line.

    `link_density` is the share of the line's characters that stand in links (0 to 1), `is_hidden` whether the page
    does not show it, `block` a number that lines of the same container share, `heading` the level of its heading (0:
    none), `list_depth` the lists around it, `in_table` whether it stands in a table cell, `hint` what class and id
    words of the elements around it say: below 0 for the frame (nav, side, comment), above 0 for the text (content,
    article), 0 for nothing.
    """

    link_density: float = 0.0
    is_hidden: bool = False
    region: Region = Region.BODY
    block: int = 0
    heading: int = 0
    list_depth: int = 0
    in_table: bool = False
    hint: int = 0
