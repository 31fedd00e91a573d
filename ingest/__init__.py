"""Sources to documents to passages to the index."""
