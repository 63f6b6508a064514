"""Running MetricGain: servers, backups, point-in-time recovery, the demo. This room may import every other."""
