"""How parts are drawn: head, eye, mouth, brow, locks, cloth. The styles in `parts/` use them."""
