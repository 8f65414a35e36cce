"""What programs may rely on, asked of every route alike."""
