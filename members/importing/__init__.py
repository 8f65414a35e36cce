"""Imports: the columns of a table, its rows, an importer per noun, and the run that carries a file to its end.

Each storey gives its own importers; the highest one lists them.
"""
