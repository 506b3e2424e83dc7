"""All rules of the project, compiled once: shared vocabularies and those of single templates."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaners import noise
from cleaners.noise.blocks import BLOCKS
from cleaners.rules.matcher import RuleSet
from cleaners.rules.rule import LineRole, Position, Rule, RuleError, refuse_duplicate_ids
from cleaners.templates import templates

OWNER = {rule.id: template.name for template in templates().values() for rule in template.rules}
"""The template that a rule belongs to; shared rules are not in it."""

RULEBOOK = RuleSet([*noise.RULES, *(rule for t in templates().values() for rule in t.rules)])

STAGES: Mapping[str, str] = {
    "chunk.mark": "number that the engine wrote before a piece of the text; the pieces are joined with nothing",
    "encoding.misread": "text that was read in the wrong encoding, read again in the right one",
    "escape.break": "break left as its code, `x0dx0a`, written as a break",
    "escape.character": "characters left as their codes, `\\\\u540c`, in a text that consists of such",
    "escape.field": "instruction from which Word makes a table of contents or a link",
    "filler.page": "nothing but filler: meaningless bytes read as characters, cycles of rare ones, names of glyphs",
    "filler.run": "run of filler: meaningless bytes read as characters, a cycle, a random draw, names of glyphs",
    "frame.facts": "row of facts above the text that only the page of a document states: counters, sizes, prices",
    "frame.lead": "an editor's word between the name of a collection of texts and the head of the first of them",
    "frame.list": "one of several other documents: below a head that says so, by counts, or the ones before and next",
    "frame.own": "line below the text that names the site",
    "frame.path": "path to the page that begins with the name the page begins with",
    "frame.states": "line of the frame that says when, by whom or how often the page was read",
    "frame.picture": "name of a picture: the title with the number of the picture, or a word for one, again and again",
    "frame.shelf": "names of other texts with their days, or how they begin, below the text",
    "frame.teaser": "the beginning of the text, broken off, or sentences out of it, above it once more",
    "judge.head": "line above the text, as the learned judge of lines says",
    "judge.line": "line in the text that is no part of it, as the learned judge of lines says",
    "judge.tail": "line below the text, as the learned judge of lines says",
    "jammer.run": "invisible jammer run of a board",
    "layout.blank": "outer blanks, empty lines, invisible characters",
    "learned.head": "line above the text that stands on most pages of the site, as the site's profile says",
    "learned.line": "line in the text that the site puts on most of its pages, as the site's profile says",
    "learned.piece": "piece that the site puts into the lines of most of its pages, as the site's profile says",
    "learned.tail": "line below the text that stands on most pages of the site, as the site's profile says",
    "lines.ratio": "line break inside a ratio",
    "lines.sentence": "line break of a site that breaks behind each sentence, within a pair of quotes or brackets",
    "lines.wrap": "line break of a hard wrap in mid sentence",
    "markup.comments": "readers' comments on the text",
    "markup.numbering": "numbers of the lines of a listing",
    "markup.control": "words of a button or a list to choose from",
    "markup.cut": "stands in a comment that the cut page does not end",
    "markup.entity": "entity left as text, written as what it stands for",
    "markup.fallback": "what a browser shows in the place of media or graphics that it cannot show",
    "markup.hidden": "the page hides it: by an attribute, a style, or a class of its own style sheet",
    "markup.links": "block of links to other pages",
    "markup.outside": "stands outside the container of the text",
    "markup.region": "stands in the navigation, head, foot, a side column or a form of the page",
    "markup.ruby": "reading beside a character",
    "markup.tag": "tag left as text",
    "outline.list": "the outline that the page prints above the text, kept in a field of its own",
    "page.block": "a page in the place of a document; the flag says of which kind",
    "paragraph.blank": "blank where a paragraph's break was",
    "paragraph.copy": "line break that a copy of the text has at this place",
    "paragraph.heading": "end of a heading that was run together with its paragraph",
    "paragraph.number": "number in running order that was run together with the paragraph above",
    "parts.join": "line feed between two pages of a split document, in mid sentence or beside an empty part",
    "personal.bank_card": "number of a bank card, masked where a document leaves the ledger",
    "personal.email": "e-mail address, masked where a document leaves the ledger",
    "personal.identity": "resident identity number, masked where a document leaves the ledger",
    "personal.mobile": "mobile number, masked where a document leaves the ledger",
    "pinyin.bracket": "reading that a mirror glued after a character",
    "pinyin.symbols": "reading and symbols strewn into the text by a mirror",
    "pinyin.toneless": "reading without a tone glued after a character",
    "script.hans": "Traditional character written in Simplified",
    "script.radical": "radical or compatibility character written as the character that it looks like",
    "shifted.run": "run of characters read one byte late, computed back",
    "site.listing": "a page of links, as the site's address patterns say",
    "symbols.bullet": "bullet of a font of signs, written as a bullet",
    "symbols.strewn": "symbol strewn into a sentence",
    "title.line": "the title, kept in its own field",
    "title.repeat": "the title again at the head of the text",
    "zone.head": "stands between noise above the text",
    "zone.list": "one of a list of other documents; the page has no text of its own",
    "zone.tail": "stands between noise, or below a mark that ends the text",
}
"""Rules that are stages of their own: id and reason."""


FAMILY_OF: Mapping[str, str] = {
    **noise.VOCABULARY_OF,
    **dict.fromkeys(OWNER, "template"),
    **dict.fromkeys(STAGES, "frame"),
}
"""What a rule knows: its vocabulary, or that it is a template's own or a stage's."""


def stage_rule(name: str, position: Position, *, role: LineRole | None = None, rank: int = 5) -> Rule:
    """Return a rule for lines that a stage finds by itself: no pattern matches them, its reason is that of STAGES."""
    return Rule(id=name, why=STAGES[name], position=position, role=role, rank=rank, pattern="", match=(), never=())


_BLOCKS = [*BLOCKS, *(block for template in templates().values() for block in template.blocks)]

refuse_duplicate_ids([*STAGES, *(rule.id for rule in RULEBOOK.rules), *(block.id for block in _BLOCKS)])
for _block in _BLOCKS:
    try:
        _block.compiled()
    except re.error as _error:
        raise RuleError(_block.id, f"{_error} in {_error.pattern!r}; mend the pattern") from None

_QUOTED = re.compile("`([^`]*)`")
_WHY = {rule.id: rule.why for rule in RULEBOOK.rules} | {block.id: block.why for block in _BLOCKS}
REASONS: Mapping[str, str] = {**STAGES, **{name: _QUOTED.sub(r"“\1”", why) for name, why in _WHY.items()}}
"""Why an edit was made, for every rule id there is, as a person reads it."""

POSITIONS: Mapping[str, str] = {rule.id: rule.position.value for rule in RULEBOOK.rules if not rule.span}
"""Where on the page a rule takes a whole line away, for every rule that does."""
