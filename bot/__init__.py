"""The conversation core: what people say, what they get, and the use cases behind it."""
