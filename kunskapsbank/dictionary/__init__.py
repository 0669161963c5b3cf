"""The field dictionary: record types, fields, sections and vocabularies, declared once in `schema/`."""
