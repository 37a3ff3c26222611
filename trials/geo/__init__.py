"""Places on the map: coordinates, regions of the world, and the drawing of a trial's sites."""
