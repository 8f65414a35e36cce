"""What may be asked of lists, items and what belongs to them: a FilterSet each, for the page and for REST."""
