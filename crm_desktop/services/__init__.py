"""What the desk can do: one class a noun, one method a verb, one transaction a call."""
