"""Motion between tracking and drawing: retarget, smooth, idle, mix."""
