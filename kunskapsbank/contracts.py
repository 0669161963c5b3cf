"""The folders and files of the site that others build on. What is in them changes only by addition."""

from typing import Final

API: Final = "api/v1"
EMBEDS: Final = "embed/v1"
OEMBED: Final = f"{EMBEDS}/oembed"
SCHEMAS: Final = "schema/v1"

FEED: Final = "feed.xml"
JSON_FEED: Final = "feed.json"
CALENDAR: Final = "kalender.ics"
"""Beside the lists that they are of."""

USE: Final = "anvand"
"""Under the place of a tool among the embeds: where it can be used."""
