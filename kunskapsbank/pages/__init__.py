"""From the library to pages: Markdown, views, templates, and the frames that they are poured into."""
