"""Published URLs: the log that people commit, what answers for each of them, and what to do where nothing does."""
