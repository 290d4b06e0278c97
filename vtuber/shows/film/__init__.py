"""Scripts in, films out: rehearsed once, drawn in segments, put together."""
