"""The story of a letter, and the outside world."""
