"""The handover: a county's own part of the site, as one file with the pages, their source and the generator."""
