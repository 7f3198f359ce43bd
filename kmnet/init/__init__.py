"""Beginning a study: the folder, the template, the samples; and the words that explain measures, codes and settings."""
