"""文清's cleaner: `clean(page) -> Document`, pure text work without Scrapy, network or clock."""

from cleaners.model import Document, Edit, Metadata, Page, Truncation

__all__ = ["Document", "Edit", "Metadata", "Page", "Truncation"]
