"""Pages of news: what the public reads, files, and the newsroom."""
