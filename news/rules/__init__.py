"""Pure rules of news: text, pictures, videos, and what a post still lacks."""
