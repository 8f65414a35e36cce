"""The bodies of the sections of 一表通, a file for what the alliance is, does and works with."""
