"""One part, one file: each has `draw(design, board)` that draws its layers and sets its landmarks."""
