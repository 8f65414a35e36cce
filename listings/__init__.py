"""Storey 3: lists (清单), items, claims. Imports alliances and members."""
