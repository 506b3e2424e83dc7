"""A small internet on the loopback: all registered sites at once, crawled by the real program. `make bench-internet`."""
