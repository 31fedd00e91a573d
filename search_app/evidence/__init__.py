"""The evidence line: how the studies that a library holds point, one vote a study."""
