"""One document once: copies of a text found by what they contain of one another."""
