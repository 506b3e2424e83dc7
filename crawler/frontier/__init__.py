"""Which addresses are asked for, each once."""
