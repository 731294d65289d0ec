"""Makes frames of prices and publishes them, by one replica at a time."""
