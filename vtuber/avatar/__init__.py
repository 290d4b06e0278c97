"""What an avatar is, and how one is loaded. Floor 1: imports core/ only."""
