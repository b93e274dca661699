"""One Markdown file per job of a language model, read through importlib.resources."""
