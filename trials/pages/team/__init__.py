"""The area of study coordinators: one's own sites, and nobody else's."""
