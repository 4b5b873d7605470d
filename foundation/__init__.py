"""The cellar: text, money, dates, rule tables, locks, refusal. No table, imports no app."""
