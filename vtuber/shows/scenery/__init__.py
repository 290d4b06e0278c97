"""What changes on the stage: avatars, clothes, items and backgrounds, loaded beside the beat."""
