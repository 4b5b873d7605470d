"""What the law says of giving blood: facts, a table entry and a day in, a verdict with reasons out."""
