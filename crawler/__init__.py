"""The Scrapy shell: everything that touches the network or a terminal."""
