"""Storey 1, the ground: regions, organisations, people, accounts; scope, lifecycle, audit. Imports no app."""
