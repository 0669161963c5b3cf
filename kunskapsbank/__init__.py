"""Kunskapsbanken: a static knowledge base, checked and published from files.

Data flows one way, and each stage turns one kind of value into the next:

    reading      files → documents: YAML nodes and Markdown bodies that know where everything stands
    dictionary   the files of schema/ → record types, fields, sections and vocabularies
    checks       documents → records, or problems at the right character
    urls         the log of published URLs → those that have moved, and problems for those that are gone
    library      records → the library: lists, facets, who mentions whom
    followup     the library → figures, the chains of goals, what is missing, the report
    pages        the library → views → fragments, poured into frames that the site engine rendered
    search       the library → the index of a search engine, and what there is to choose by
    outlets      the library → feeds, calendars, a data catalogue, the map of the site, redirects
    publishing   files → a verified release, put in place at once

`drafting` makes the file of a new record, and mends what has one right answer, by what the dictionary says.

`handover` makes one file of a county's part of the site: its pages, their source and the generator.

`problems` is what every stage reports in, `checking` and `pipeline` put the stages in order, `serving` shows the
site while one writes, `cli` is the way in to the `commands`.

What has not changed is not made again: `library.keys` tells what a page is made from, `publishing.ledger` what
stands of the release that is up, and `earlier` what runs before have left in the `store`.
"""

__version__ = "0.1.0"
