"""Training of the reader's model. Needs torch; never imported by the package."""
