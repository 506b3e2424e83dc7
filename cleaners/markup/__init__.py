"""Which lines of a saved page its markup says are the document; which pages are lists or threads."""
