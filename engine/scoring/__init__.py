"""Scorers: one signal each, from arrays to values between 0 and 1, or -1 and 1 where dislike is meant."""
