"""All accepted records, related to each other."""
