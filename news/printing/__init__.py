"""Sheets of news on paper and as Excel."""
