"""What the core needs from outside, one Protocol per concern. Each has a fake and a contract test."""
