"""Our own words beside the registry's facts: texts about a trial, and what everyday words mean."""
