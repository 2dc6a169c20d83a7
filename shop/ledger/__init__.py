"""The public record: appended to, never edited."""
