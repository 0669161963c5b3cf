"""From makers to a release: written aside, verified, and put in place all at once."""
