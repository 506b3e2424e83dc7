"""What the cleaning process of tests/test_cleaning_process.py does; it imports this file."""

from __future__ import annotations

import os
import re
import signal

from cleaners.model import Page
from pipelines.clean import CleanPipeline
from pipelines.page_cleaner import Cleaned, PageCleaner
from tests.documents import document


class TrappedCleaner(PageCleaner):
    """Makes documents that name the pages cleaned before; some pages are traps."""

    before: int = 0

    def __call__(self, page: Page) -> Cleaned:
        """Clean a page."""
        spring(page)
        self.before += 1
        return Cleaned(document(f"{os.getpid()} {self.before}", str(page.url)))


class StuckCleaner(PageCleaner):
    """The cleaner, with pages that are traps."""

    def __call__(self, page: Page) -> Cleaned:
        """Clean a page."""
        spring(page)
        return super().__call__(page)


class StuckPipeline(CleanPipeline):
    """The pipeline with that cleaner."""

    cleaner = StuckCleaner


def spring(page: Page) -> None:
    """Die, hang, or fail, as the page's address says."""
    trap = str(page.url).rpartition("/")[2]
    if trap.startswith("dies"):
        os.kill(os.getpid(), signal.SIGKILL)
    if trap.startswith("hangs"):
        re.fullmatch(r"(?:x+)+y", "x" * 100)
    if trap.startswith("bug"):
        raise ZeroDivisionError(trap)
