// The theme asks for this file; we add nothing to it.
