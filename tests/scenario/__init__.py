"""A household from a seed: as plain data, as what each service would tell of it, and in a running whole."""
