"""The enforcement of the contract: real servers, and clients with the identity of any service of the mesh."""
