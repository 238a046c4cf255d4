"""Tables of any origin: opened by their format, read row by row by a mapping, and mappings drafted for new ones."""
