"""Threads, processes, time and meters: the only room that starts any."""
