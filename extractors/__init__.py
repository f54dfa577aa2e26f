"""Questions asked of a letter: pure functions, no files, no clock, no exceptions."""
