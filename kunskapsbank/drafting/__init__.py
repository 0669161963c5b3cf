"""Files that people write: a new record from answers, and what has one right answer mended."""
