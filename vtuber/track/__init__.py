"""Frames in, faces out: the mesh, the head pose, blendshapes, and recordings of faces. Floor 2."""
