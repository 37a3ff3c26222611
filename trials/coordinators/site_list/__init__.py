"""Lists of coordinators, as files: what one says, what of it matches, and writing that down."""
