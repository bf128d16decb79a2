"""Parts of a page: the summary, notes, how it was made, several exhibits as one, a plan's register, quotations."""
