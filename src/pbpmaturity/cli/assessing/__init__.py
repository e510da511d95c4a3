"""Recording an assessment: the conversation, and the same without anybody to ask."""
