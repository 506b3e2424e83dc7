"""File formats: compression, WARC records, CDX, signatures."""
