"""Services played by local servers that know their official descriptions."""
