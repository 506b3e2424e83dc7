"""One defect a file: each function takes a text and returns the edits that mend it."""
