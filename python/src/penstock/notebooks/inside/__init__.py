"""What a notebook finds in the kernel of `penstock run`: cells of SQL, `%run`, and a platform's own names."""
