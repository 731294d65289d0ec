"""Makes gen/ from the contracts, and checks both."""
