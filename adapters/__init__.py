"""Everything outside: chat platforms, media servers, models, vectors, storage."""
