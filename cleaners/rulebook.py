"""All rules of the project, compiled once: shared vocabularies, truncation marks, and those of single templates."""

from __future__ import annotations

from cleaners import noise, truncation
from cleaners.rules import Rules
from cleaners.templates import templates

OWNER = {rule.id: template.name for template in templates().values() for rule in template.rules}
"""The template that a rule belongs to; shared rules are not in it."""

RULEBOOK = Rules([*truncation.RULES, *noise.RULES, *(rule for t in templates().values() for rule in t.rules)])
