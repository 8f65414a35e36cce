"""Storey 4: yearly assessment, dynamic review, statistics. Sees all that lies below."""
