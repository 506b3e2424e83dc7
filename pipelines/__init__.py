"""Pipelines: validate, clean, deduplicate, store; one class a file, and the ledger they write to."""
