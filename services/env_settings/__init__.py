"""Settings from environment variables: `reader` reads them into dataclasses, `rules` says what a value may be.

The package depends on nothing else in this repository.
"""
