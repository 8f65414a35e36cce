"""The pages of alliances and activities."""
