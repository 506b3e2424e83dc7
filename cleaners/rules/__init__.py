"""What a rule is, and many of them matched at once."""
