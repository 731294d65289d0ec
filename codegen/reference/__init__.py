"""The reference of the contracts, from their image: api.md lists the methods, reference.html says everything."""
