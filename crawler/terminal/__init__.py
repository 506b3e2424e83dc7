"""Output for a person: tables, explanations, errors of commands, the log."""
