"""Re-ranking: variety, the proportions of the profile, and the order of franchises."""
