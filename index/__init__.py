"""What the index holds, its files on disk, and search over it. Imports neither side."""
