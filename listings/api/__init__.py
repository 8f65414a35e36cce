"""Lists, items and claims for programs, a file a noun: the same verbs as the pages."""
