"""Files of the field: compressed ones, WARC records, CDX, signatures."""
