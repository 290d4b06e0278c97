"""What hears keys on each desktop; one library a file."""
