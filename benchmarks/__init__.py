"""Quality and speed, measured by anyone: `make bench-clean`, `make quality`. Never run by the test command."""
