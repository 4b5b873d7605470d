"""Files that leave the house: the pay sheet as Excel, PDF and CSV; the summary of results."""
