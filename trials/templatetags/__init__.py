"""Template tags of the leaflet."""
