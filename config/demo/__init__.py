"""Demo data: real places, the reported alliances, and a synthetic life around them that is marked so."""
