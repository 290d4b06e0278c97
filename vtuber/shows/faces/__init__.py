"""Where the faces of a show come from, and what becomes of them."""
