"""What each command does, in one line: help and completion list the commands without importing any of them."""

from __future__ import annotations

from collections.abc import Mapping

DESCRIPTIONS: Mapping[str, str] = {
    "clean": "Clean saved pages, dumps and WARC: txt, html, jsonl, parquet, warc, .gz and .zst, folders, -",
    "config": "Show the settings that count here, and where each comes from",
    "crawl": "Crawl sites into the ledger, or replay saved pages with --replay PATH",
    "dedup": "Mark copies: in the ledger, or among JSONL files, folders of them and data folders",
    "doctor": "Look at one page of each site: live, or saved with --replay DIR or --page FILE",
    "export": "Write the stored documents as JSONL, Parquet or text files",
    "fixture": "Save a page for the tests; a second call drafts expected.json",
    "init": "Write a commented wenqing.toml, which holds settings for a folder",
    "learn": "Learn each site's frame from its own pages: one profile a host, for clean and crawl",
    "ledger": "Check the ledger, back it up, copy it to PostgreSQL or back, or save what is whole in a damaged one",
    "newsite": "Look at some 20 pages of a site that nobody knows, and write its file",
    "refresh": "Ask again for pages that are due, and for what is new where documents are listed",
    "report": "Tell the history of runs and what has changed",
    "review": "Look at documents beside their pages in a browser, and mark what is wrong",
    "sites": "List the sites: name, title, template, state and when it was seen, hosts; of a few also where they start",
    "takedown": "Remove documents by URL or id, and refuse them from then on",
    "work": "Crawl and refresh sites that are due, one of several machines, until SIGTERM",
}
