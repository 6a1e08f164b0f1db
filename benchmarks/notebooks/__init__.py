"""What a run costs beside a plain execution of the same notebook."""
