"""The seam to every platform: what comes in, what goes out, what a platform can draw."""
