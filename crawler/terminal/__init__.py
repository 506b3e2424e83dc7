"""How a person is told: tables, explanations, the ends of commands, the log."""
