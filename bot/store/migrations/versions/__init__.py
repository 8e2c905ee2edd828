"""One file a revision, each standing alone: it never changes once released."""
