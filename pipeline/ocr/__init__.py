"""Recognition of scans: preparing the image, two engines, and what the geometry tells."""
