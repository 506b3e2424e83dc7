"""The name that the program was called by: `wenqing`, or `scrapy` in the repository."""

import sys
from pathlib import Path


def program() -> str:
    """Return the name, as messages and help give it."""
    return "wenqing" if Path(sys.argv[0]).name == "wenqing" else "scrapy"
