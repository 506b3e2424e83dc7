"""Near-duplicates: copies of a text, found by what they contain of one another."""
