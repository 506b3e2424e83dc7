"""The ledger: documents, URLs, visits, schedule, takedowns, shards and exports. No Scrapy in it."""
