"""Work that takes several rooms in order: reading a whole desk, importing, triage, a month, the night, the site."""
