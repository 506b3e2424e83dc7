"""The Scrapy adapter: everything that touches the network or a terminal."""
