"""Several machines that share a crawl, each in a network namespace of its own: `make bench-workers`."""
