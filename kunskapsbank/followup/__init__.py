"""The follow-up, compiled from the records: what was to be reached, what was done, how it went, what is missing."""
