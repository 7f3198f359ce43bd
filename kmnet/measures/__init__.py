"""The measures: one function a measure, one file a family. To add one, write it in its family's file."""
