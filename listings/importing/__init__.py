"""Lists with their items from and to spreadsheets."""
