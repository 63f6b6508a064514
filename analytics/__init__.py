"""The Progress pages and the dataset. This app only reads."""
