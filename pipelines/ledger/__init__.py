"""The ledger: documents, URLs, fetch results, schedule, takedowns, shards and exports. No Scrapy in it."""
