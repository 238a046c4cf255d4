"""The chapters of reports, one a file: NAME, find(material) and tell(found, material, speech)."""
