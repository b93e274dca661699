"""Finding titles: by name, by keyword, and by what somebody says they are in the mood for."""
