"""Reports as pages, tables and files; one format a file, pure functions of reports, never spaCy."""
