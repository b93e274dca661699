"""Background work: what is done, when, and what happens when it fails."""
