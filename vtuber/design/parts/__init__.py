"""One part, one file: `draw(design, board)` draws its layers and sets its landmarks."""
