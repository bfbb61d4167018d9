"""Who judges what, how far they are, and what may be seen before all have judged."""
