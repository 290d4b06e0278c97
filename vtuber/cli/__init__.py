"""One file per verb: parses and prints, nothing else."""
