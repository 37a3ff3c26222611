"""A trial's rows in, the words and sections of a page out; templates only arrange them."""
