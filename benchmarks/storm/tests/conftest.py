from metricgain.operations.tests.conftest import data_dir, furnished, house

__all__ = ["data_dir", "furnished", "house"]
