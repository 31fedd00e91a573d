"""Documents as references: CSL-JSON, written in a style, as BibTeX and as RIS."""
