"""The terminal as a chat platform: one person, one conversation, in colour or as JSON."""
