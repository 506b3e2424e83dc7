"""Which lines of a page are the document, its title and facts, and whether text is missing."""
