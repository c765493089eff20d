"""Measurements: quality against gold sets, speed against peers. Never imported by the package."""
