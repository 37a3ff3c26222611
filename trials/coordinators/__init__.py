"""What study teams do: confirm or correct the contact of their site by a link, not an account."""
