"""What the product talks about: titles, members, watch history, feedback. Frozen values."""
