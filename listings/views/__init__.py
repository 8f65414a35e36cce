"""The pages of lists, items and claims."""
