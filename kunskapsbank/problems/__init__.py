"""Findings about content: what a problem is, and how a set of them is reported."""
