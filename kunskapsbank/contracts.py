"""The folders of the site that others build on. What is under them changes only by addition."""

from typing import Final

API: Final = "api/v1"
EMBEDS: Final = "embed/v1"
SCHEMAS: Final = "schema/v1"
