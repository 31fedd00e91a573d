"""Turn the Markdown sources of the starter corpus into web pages and PDFs."""
