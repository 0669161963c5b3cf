"""The rules that a document must keep to become a record: one family a file.

A family's module has `CODES`, the problem codes that it may find, and one or both of

- `check(subject)`, a generator of problems in one document by itself;
- `relate(subjects)`, a generator of problems between documents.

Every module in this folder that has `CODES` takes part: to add a rule is to add a file.
"""
