"""What programs read and write of lists, items and claims, a file a noun."""
