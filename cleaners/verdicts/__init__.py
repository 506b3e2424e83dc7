"""What is said of a text as a whole: whether it is whole, whether it is a document at all, and whether it was spun."""
