"""Pages in the network's place: the archive written, archives and fixtures read."""
