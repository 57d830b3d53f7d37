"""Who and what is named: spans, types, one entry for each, roles."""
