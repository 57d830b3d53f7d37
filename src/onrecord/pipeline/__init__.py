"""The spaCy components; nothing else writes a Doc."""
