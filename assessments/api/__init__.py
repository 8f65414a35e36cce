"""What programs ask of the highest storey: figures, statistics; and reviews, in a browser session."""
