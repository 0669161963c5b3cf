"""What the search engine reads, the engine's index, and what the search page needs beside it."""
