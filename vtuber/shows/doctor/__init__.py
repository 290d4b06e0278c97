"""What this machine has for a show, and what to type where something is missing."""
