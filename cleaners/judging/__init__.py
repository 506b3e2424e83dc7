"""Which lines of a page are the document, its title and its facts."""
