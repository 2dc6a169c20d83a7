"""What is for sale, and from which production run."""
