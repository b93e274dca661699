"""Candidates: which rows of a large catalogue are worth scoring."""
