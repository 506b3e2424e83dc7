"""From bytes to the lines of a page: decoding and rendering."""
