"""Designs, chance, missing people: what may be said of a difference. Entry: :func:`kmnet.compare.run.compare`."""
