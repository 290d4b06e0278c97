"""Hands on a running show: everything here emits Commands."""
