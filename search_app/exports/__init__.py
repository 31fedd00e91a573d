"""What is taken along: slides, a hand-out, text, tables and reference lists."""
