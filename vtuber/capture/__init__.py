"""Where frames come from: cameras, clips, stills, a test card. RGB out, never flipped. Floor 2."""
