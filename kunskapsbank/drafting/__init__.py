"""A new record: what to ask for, and the file that the answers make."""
