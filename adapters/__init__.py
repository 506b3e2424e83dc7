"""The cleaner as a part of other programs' pipelines; a module is imported, and its library with it, only when used."""
