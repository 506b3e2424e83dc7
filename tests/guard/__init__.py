"""Keeps the processes of the tests on the loopback."""
