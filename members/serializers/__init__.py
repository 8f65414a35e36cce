"""The shapes of what this storey tells through REST."""
