"""What is published: composed from the record as it is, compared with what stands."""
