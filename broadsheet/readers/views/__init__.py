"""What is answered at the door, and on the pages about one's own account."""
