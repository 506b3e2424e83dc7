"""文清 from Python: `clean(Page(body=...))` gives the `Document` that a page holds.

>>> from wenqing import Page, clean
>>> clean(Page(body="关于开展安全检查的通知\\n\\n各单位：\\n请于本周五以前上报检查结果，逾期不再受理。\\n")).source
'unknown'

Everything is loaded when it is asked for: importing this package alone reads no rules.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaners.batch import clean_batch
    from cleaners.clean import clean
    from cleaners.model import VERSION as RULES_VERSION
    from cleaners.model import Document, Edit, Metadata, Page, Truncation, arrow_schema

__version__ = "0.2.0"
__all__ = [
    "RULES_VERSION",
    "Document",
    "Edit",
    "Metadata",
    "Page",
    "Truncation",
    "arrow_schema",
    "clean",
    "clean_batch",
]


def __getattr__(name: str) -> Any:
    """Load one of the names of `__all__`."""
    if name == "clean":
        return import_module("cleaners.clean").clean
    if name == "clean_batch":
        return import_module("cleaners.batch").clean_batch
    if name in __all__:
        return getattr(import_module("cleaners.model"), "VERSION" if name == "RULES_VERSION" else name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names."""
    return [*__all__, "__version__"]
