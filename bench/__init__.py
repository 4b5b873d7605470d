"""The measured work: ours beside a yardstick, both in one run. Not part of the portal."""
