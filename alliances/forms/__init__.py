"""What the pages of alliances ask for, a file a noun. Forms check shape; verbs check sense."""
