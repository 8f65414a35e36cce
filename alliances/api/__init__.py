"""REST over alliances, a file a noun: one action a verb, the same words as the pages."""
