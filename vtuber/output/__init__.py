"""Where pictures go. One plugin a file; files that begin with an underscore are shared parts."""
