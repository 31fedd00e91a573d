"""Answers and pages: reads the index, never writes it."""
