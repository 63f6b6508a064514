"""Data in: reads the logs of other apps, shows what they become, and stores them as history."""
