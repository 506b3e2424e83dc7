"""The shared vocabularies of noise, one kind a file. A rule belongs here before it belongs to a template or a site."""

from cleaners.noise import (
    account,
    byline,
    card,
    forum,
    lead,
    legal,
    navigation,
    offers,
    preview_limits,
    related,
    service,
    share,
    stamps,
    tips,
    truncation,
    walls,
)

_MODULES = (
    *(truncation, card, share, byline, forum, account, offers, tips, legal, lead, service, stamps, related, navigation),
    *(preview_limits, walls),
)
RULES = (*(rule for module in _MODULES for rule in module.RULES), *card.ROWS)
VOCABULARY_OF = {
    **{rule.id: module.__name__.rpartition(".")[2] for module in _MODULES for rule in module.RULES},
    **{rule.id: card.__name__.rpartition(".")[2] for rule in card.ROWS},
}
"""The vocabulary, a file's name, that each rule belongs to."""
