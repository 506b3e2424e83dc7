"""What operators and releases need: files for cron, systemd and containers, and how the package is made."""
