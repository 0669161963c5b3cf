"""From files to documents: limits, YAML nodes and Markdown bodies that know where everything stands."""
