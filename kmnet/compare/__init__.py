"""Designs and chance: panels, change, effect, flow, equity. How a measure is computed is not known here."""
