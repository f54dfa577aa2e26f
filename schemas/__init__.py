"""The nouns of congvan: frozen, closed values without input, output or patterns."""
