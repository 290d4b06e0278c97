"""Scripts and programs that perform: who plays, what they mean, moment by moment."""
