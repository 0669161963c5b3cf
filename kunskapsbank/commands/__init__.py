"""The commands, each in a module of its own with its name, so that each takes in only what it needs."""
