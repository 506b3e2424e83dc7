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
    related,
    service,
    share,
    stamps,
    tips,
    walls,
)

RULES = (
    *card.RULES,
    *share.RULES,
    *byline.RULES,
    *forum.RULES,
    *account.RULES,
    *offers.RULES,
    *tips.RULES,
    *legal.RULES,
    *lead.RULES,
    *service.RULES,
    *stamps.RULES,
    *related.RULES,
    *navigation.RULES,
    *walls.RULES,
    *card.ROWS,
)
