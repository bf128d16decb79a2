"""Tables of released numbers: what stands in each column, and what its marks mean."""
