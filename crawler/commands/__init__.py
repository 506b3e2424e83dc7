"""Scrapy commands of the project, one a file."""

from crawler.terminal.stdout import hold_closed_streams, print_any_character

hold_closed_streams()
print_any_character()
