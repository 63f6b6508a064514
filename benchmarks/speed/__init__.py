"""What pages, taps and slow clients cost beside the least they could."""
