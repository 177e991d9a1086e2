"""Writing summaries: by a model that the operator configured, or offline from the members' own words."""
