"""Spiders: one class for every site of the registry."""
