"""History, summary, report, plots, progress, and pages for a browser."""
