"""Alliances with their members, and activities with their sessions, from and to spreadsheets."""
