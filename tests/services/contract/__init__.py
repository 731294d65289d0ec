"""Every call is held to its contract: real servers, and clients as any part of the mesh."""
