"""Find a Trial's one application; docs/architecture.md shows its rooms and levels."""
