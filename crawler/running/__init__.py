"""The base of commands that run spiders, and their shutdown."""
