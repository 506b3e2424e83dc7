"""Characters and texts: code points, the normalized view, Simplified forms, edits, the canonical text."""
