"""The live show: wishes and devices in, a beat with everything on it."""
