"""Tests: fixtures replayed, units, whole offline crawls."""
