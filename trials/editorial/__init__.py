"""Editorial texts: our own words about a trial, beside the registry's facts."""
