"""For authors: lessons/ -> notebooks/, solutions/, recorded results, glossary. Needs `pip install .[authoring]`."""
