"""The live preview: the site of the files as they are now, made page by page when asked for.

Nothing here builds a release or touches one. Data flows as in a build and stops before the disk:

    tree      what lies in the source's folders, and what has been saved since the last look
    framing   the frames, which the site engine makes anew in the background
    preview   files → the pages, or the report of what is wrong
    pages     one version of the site: every file, made when asked for
    board     what is shown now, for all who look or wait for the next
    client    what browsers get beside the site: a script, a style sheet, the report as a page
    server    HTTP on the loopback address
    run       the order of it all
"""
