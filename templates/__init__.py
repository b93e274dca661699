"""Explanation and card templates, one folder per language, read through importlib.resources."""
