"""Reports: what a paper is made of, in which cut and format, and the pages of a system."""
