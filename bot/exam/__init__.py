"""The knowledge is asked questions whose right answer is known, and its answers are counted."""
