"""What people see: one file a page, `presenters` for their words, `responses` for their headers."""
